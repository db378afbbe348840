import type { Mention } from '@samenhang/domain';
import type { CommonWords } from './common-words.ts';
import type { Token } from './tokenise.ts';

const leastLetters = 3;
/** A word of a script without capitals must be longer to pass for a name. */
const leastUnicameral = 4;

const arabicArticles = ['wal', 'bal', 'al', 'll'];

function withoutArticle(folded: string): string {
  for (const article of arabicArticles)
    if (folded.startsWith(article) && folded.length >= article.length + leastLetters) return folded.slice(article.length);
  return folded;
}

function isName(token: Token, common: CommonWords): boolean {
  const { folded } = token;
  if (token.numeric || folded.length < leastLetters || common.has(folded)) return false;
  if (token.unicameral) return folded.length >= leastUnicameral && !common.has(withoutArticle(folded));
  return token.capital;
}

interface Part {
  readonly at: number;
  readonly value: string;
  readonly start: number;
  readonly name: boolean;
  readonly seen: boolean;
  readonly capital: boolean;
}

/** Two words in a row make a two-word name when one of them is a name, or when both carry a capital that only a name explains. */
function pairs(first: Part, second: Part, language: string | null): boolean {
  if (first.at !== second.at - 1) return false;
  if (first.name && second.name) return true;
  const capitals = first.capital && second.capital && second.seen;
  return capitals && (first.name || (first.seen && (second.name || language !== 'de')));
}

const mention = (kind: Mention['kind'], value: string, start: number, end: number): Mention => ({ kind, value, start, end });

/**
 * Proper names without a model: capitalised words that are not among the most common of the language. A word that stands with a capital only where a sentence
 * opens is no name. Two names in a row are one more mention (`name-pair`): a person, a firm, a ship.
 */
export function findNames(tokens: readonly Token[], common: CommonWords, language: string | null): readonly Mention[] {
  const inside = new Set<string>();
  const lower = new Set<string>();
  for (const token of tokens) {
    if (!token.capital && !token.numeric) lower.add(token.folded);
    else if (token.capital && !token.opens) inside.add(token.folded);
  }
  const names: Mention[] = [];
  let previous: Part | undefined;
  for (const [at, token] of tokens.entries()) {
    const word = token.folded;
    if (token.numeric || word.length < 2 || (!token.capital && !token.unicameral)) continue;
    const next = tokens[at + 1];
    const introduces = next?.follows === true && next.capital && isName(next, common);
    const seen = !token.opens || inside.has(word) || token.unicameral;
    const name = isName(token, common) && (seen || introduces) && (token.unicameral || language === 'de' || !lower.has(word));
    const part: Part = {
      at,
      value: token.unicameral ? withoutArticle(word) : word,
      start: token.start,
      name,
      seen,
      capital: token.capital,
    };
    if (name) names.push(mention('name', part.value, token.start, token.end));
    if (previous !== undefined && token.follows && pairs(previous, part, language))
      names.push(mention('name-pair', `${previous.value} ${part.value}`, previous.start, token.end));
    previous = part;
  }
  return names;
}
