/** A JSON text as a value, or the line and column where it stops being one. */
export type JsonDocument =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'not-json'; readonly at: string; readonly reason: string };

const jsonLimits = { depth: 60, values: 8_000_000 } as const;

const codes = { quote: 34, comma: 44, backslash: 92, openList: 91, closeList: 93, openObject: 123, closeObject: 125, newline: 10 } as const;

/** Where a character stands, as people count: `line 3, column 14`. */
export function positionOf(text: string, offset: number): string {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return `line ${line}, column ${offset - lineStart + 1}`;
}

/** Offset after the string that opens at `start`; the end of the text when it never closes. */
function skipString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === codes.backslash) at += 1;
    else if (code === codes.quote) return at + 1;
  }
  return text.length + 1;
}

type Shape = { readonly kind: 'fits' } | { readonly kind: 'too-deep' | 'too-many' | 'cut' | 'crossed'; readonly offset: number };

/** One pass without recursion: how deep the nesting goes, how many values there are, and whether every bracket closes what it should. */
function measure(text: string): Shape {
  const open: number[] = [];
  let values = 1;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === codes.quote) {
      const end = skipString(text, at);
      if (end > text.length) return { kind: 'cut', offset: at };
      at = end;
      continue;
    }
    if (code === codes.openList || code === codes.openObject) {
      if (open.length >= jsonLimits.depth) return { kind: 'too-deep', offset: at };
      // The closing bracket is two code points after the opening one, for lists and for objects.
      open.push(code + 2);
      values += 1;
    } else if (code === codes.closeList || code === codes.closeObject) {
      if (open.pop() !== code) return { kind: 'crossed', offset: at };
    } else if (code === codes.comma) values += 1;
    if (values > jsonLimits.values) return { kind: 'too-many', offset: at };
    at += 1;
  }
  return open.length > 0 ? { kind: 'cut', offset: text.length } : { kind: 'fits' };
}

const shapeReasons = {
  'too-deep': `the JSON is nested more than ${jsonLimits.depth} levels deep`,
  'too-many': `the JSON holds more than ${jsonLimits.values} values`,
  cut: 'the JSON ends in the middle of a value: the file was cut off',
  crossed: 'the text is not valid JSON: a bracket closes what it did not open',
} as const;

/** Parses JSON in time and memory linear in its length: nesting and size are checked before anything is built. */
export function parseJson(text: string): JsonDocument {
  const shape = measure(text);
  if (shape.kind !== 'fits') return { kind: 'not-json', at: positionOf(text, shape.offset), reason: shapeReasons[shape.kind] };
  try {
    const value: unknown = JSON.parse(text);
    return { kind: 'json', value };
  } catch (error) {
    return { kind: 'not-json', ...syntaxError(text, error instanceof Error ? error.message : '') };
  }
}

/** V8 names the position in its message; what it quotes of the text is left out, because it may be anything. */
function syntaxError(text: string, message: string): { readonly at: string; readonly reason: string } {
  const position = /at position (\d{1,12})/.exec(message)?.[1];
  return { at: position === undefined ? 'line 1, column 1' : positionOf(text, Number(position)), reason: 'the text is not valid JSON' };
}
