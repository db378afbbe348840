/** One comparison of a STIX pattern: an object path and the literal values it is compared with. */
export interface PatternComparison {
  /** Type of the cyber-observable, such as `file`. */
  readonly object: string;
  /** The path below it without quotes, list steps as `[]`: `hashes.SHA-256`, `value`. */
  readonly path: string;
  readonly operator: string;
  readonly negated: boolean;
  readonly values: readonly string[];
}

export type PatternReading =
  | { readonly kind: 'pattern'; readonly comparisons: readonly PatternComparison[] }
  | { readonly kind: 'not-a-pattern'; readonly offset: number };

interface Token {
  readonly kind: 'word' | 'string' | 'mark';
  readonly text: string;
  readonly offset: number;
}

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);
const isWordPart = (code: number): boolean =>
  (code >= 48 && code <= 57) ||
  (code >= 65 && code <= 90) ||
  (code >= 97 && code <= 122) ||
  code === 45 ||
  code === 95 ||
  code === 46 ||
  code > 127;

/** A quoted literal; a backslash takes the next character as it is (STIX 2.1 section 9.5). */
function readString(text: string, start: number): { readonly value: string; readonly next: number } | undefined {
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === "'") return { value, next: at + 1 };
    if (character === '\\') at += 1;
    value += text[at] ?? '';
  }
  return undefined;
}

function tokenize(text: string): readonly Token[] | number {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const start = at;
    if (isSpace(code)) at += 1;
    else if (code === 39) {
      const literal = readString(text, at);
      if (literal === undefined) return at;
      tokens.push({ kind: 'string', text: literal.value, offset: start });
      at = literal.next;
    } else if (isWordPart(code)) {
      while (at < text.length && isWordPart(text.charCodeAt(at))) at += 1;
      tokens.push({ kind: 'word', text: text.slice(start, at), offset: start });
    } else {
      const pair = text.slice(at, at + 2);
      const mark = pair === '!=' || pair === '<=' || pair === '>=' || pair === '<>' || pair === '==' ? pair : (text[at] ?? '');
      at += mark.length;
      tokens.push({ kind: 'mark', text: mark, offset: start });
    }
  }
  return tokens;
}

const operators: ReadonlySet<string> = new Set([
  '=',
  '==',
  '!=',
  '<>',
  '<',
  '>',
  '<=',
  '>=',
  'IN',
  'LIKE',
  'MATCHES',
  'ISSUBSET',
  'ISSUPERSET',
]);

/**
 * Finds the comparisons of a STIX pattern in one pass, whatever joins them. It does not judge the boolean structure: each positive comparison
 * names a value that the pattern is about. Brackets that do not close, or no comparison at all, make it no pattern.
 */
export function readPattern(text: string): PatternReading {
  const tokens = tokenize(text);
  if (typeof tokens === 'number') return { kind: 'not-a-pattern', offset: tokens };
  const unbalanced = firstUnbalanced(tokens, text.length);
  if (unbalanced !== undefined) return { kind: 'not-a-pattern', offset: unbalanced };
  const comparisons: PatternComparison[] = [];
  let at = 0;
  while (at < tokens.length) {
    const found = comparisonAt(tokens, at);
    if (found !== undefined) comparisons.push(found.comparison);
    at = found?.next ?? at + 1;
  }
  return comparisons.length === 0 ? { kind: 'not-a-pattern', offset: 0 } : { kind: 'pattern', comparisons };
}

const closers: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' };

function firstUnbalanced(tokens: readonly Token[], length: number): number | undefined {
  const open: string[] = [];
  for (const { kind, text, offset } of tokens) {
    if (kind !== 'mark') continue;
    const closer = closers[text];
    if (closer !== undefined) open.push(closer);
    else if ((text === ']' || text === ')' || text === '}') && open.pop() !== text) return offset;
  }
  return open.length === 0 ? undefined : length;
}

/** A comparison starts with `type:path`; gives it with the index of the token after it. */
function comparisonAt(
  tokens: readonly Token[],
  start: number,
): { readonly comparison: PatternComparison; readonly next: number } | undefined {
  const object = tokens[start];
  if (object?.kind !== 'word' || !isMark(tokens[start + 1], ':')) return undefined;
  let at = start + 2;
  let path = '';
  for (;;) {
    const token = tokens[at];
    if (token === undefined) return undefined;
    if (isMark(token, '[')) {
      const close = at + 2;
      if (!isMark(tokens[close], ']')) return undefined;
      path += '[]';
      at = close + 1;
    } else if (
      (token.kind === 'word' && !operators.has(token.text.toUpperCase()) && token.text.toUpperCase() !== 'NOT') ||
      (token.kind === 'string' && path.endsWith('.'))
    ) {
      path += token.text;
      at += 1;
    } else break;
  }
  return finishComparison(tokens, at, object.text, path);
}

function finishComparison(
  tokens: readonly Token[],
  start: number,
  object: string,
  path: string,
): { readonly comparison: PatternComparison; readonly next: number } | undefined {
  let at = start;
  let negated = false;
  if (tokens[at]?.kind === 'word' && tokens[at]?.text.toUpperCase() === 'NOT') {
    negated = true;
    at += 1;
  }
  const operator = tokens[at]?.text.toUpperCase() ?? '';
  if (tokens[at]?.kind === 'string' || !operators.has(operator)) return undefined;
  const { values, next } = literalsAt(tokens, at + 1);
  return { comparison: { object: object.toLowerCase(), path, operator, negated, values }, next };
}

/** A literal, or a list of them in brackets; `h'..'`, `b'..'` and `t'..'` count as their text. */
function literalsAt(tokens: readonly Token[], start: number): { readonly values: readonly string[]; readonly next: number } {
  if (!isMark(tokens[start], '(')) {
    const prefixed = tokens[start]?.kind === 'word' && /^[hbt]$/.test(tokens[start]?.text ?? '') && tokens[start + 1]?.kind === 'string';
    const literal = tokens[prefixed ? start + 1 : start];
    return { values: literal === undefined || literal.kind === 'mark' ? [] : [literal.text], next: prefixed ? start + 2 : start + 1 };
  }
  const values: string[] = [];
  let at = start + 1;
  for (; at < tokens.length && !isMark(tokens[at], ')'); at += 1) {
    const token = tokens[at];
    if (token !== undefined && token.kind !== 'mark') values.push(token.text);
  }
  return { values, next: at + 1 };
}

const isMark = (token: Token | undefined, text: string): boolean => token?.kind === 'mark' && token.text === text;
