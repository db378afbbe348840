import type { Mention } from '@samenhang/domain';
import { isPlace } from './gazetteer.ts';
import type { Token } from './tokenise.ts';
import type { Word } from './word.ts';
import { WordSet } from './word-set.ts';
import { hashOf } from './word-table.ts';

interface Part {
  readonly at: number;
  readonly token: Token;
  readonly name: boolean;
  readonly seen: boolean;
}

/** Two words in a row make a two-word name when one of them is a name, or when both carry a capital that only a name explains. */
function pairs(first: Part, second: Part, language: string | null): boolean {
  if (first.at !== second.at - 1) return false;
  if (first.name && second.name) return true;
  const capitals = first.token.word.capital && second.token.word.capital && second.seen;
  return capitals && (first.name || (first.seen && (second.name || language !== 'de')));
}

/** Folded words with a capital that no sentence gave them, and words in lower case, of the text that is being read. */
const inside = new WordSet();
const lower = new WordSet();

function markCapitals(tokens: readonly Token[]): void {
  inside.clear();
  lower.clear();
  for (const { word, opens } of tokens) {
    if (!word.capital && !word.numeric) lower.add(word.folded, word.foldedHash);
    else if (word.capital && !opens) inside.add(word.folded, word.foldedHash);
  }
}

/**
 * Proper names without a model: capitalised words that are not among the most common of the language. A word that stands with a capital only where a sentence
 * opens is no name. Two names in a row are one more mention (`name-pair`): a person, a firm, a ship. A name of the gazetteer, or of a place that was posted with the report,
 * is a mention of kind `place`; of a two-word place the single words are no names. Linear in the number of tokens.
 */
export function findNames(tokens: readonly Token[], language: string | null, posted: ReadonlySet<string>): readonly Mention[] {
  markCapitals(tokens);
  const names: Mention[] = [];
  let previous: Part | undefined;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined || token.word.folded.length < 2 || !(token.word.capital || token.word.unicameral)) continue;
    const part = partAt(tokens, at, token, language);
    const { word, start, end } = token;
    if (part.name) names.push({ kind: word.place || posted.has(word.bare) ? 'place' : 'name', value: word.bare, start, end });
    if (previous !== undefined && token.follows && pairs(previous, part, language)) addPair(names, previous.token, token, posted);
    previous = part;
  }
  return names;
}

function partAt(tokens: readonly Token[], at: number, token: Token, language: string | null): Part {
  const { word, opens } = token;
  const seen = !opens || word.unicameral || inside.has(word.folded, word.foldedHash);
  if (!word.mayName) return { at, token, name: false, seen };
  const next = tokens[at + 1];
  const introduces = next?.follows === true && next.word.capital && next.word.mayName;
  const written = word.unicameral || language === 'de' || !lower.has(word.folded, word.foldedHash);
  return { at, token, name: (seen || introduces) && written, seen };
}

const isWidePlace = (first: Word, value: string): boolean => first.beginsPlace && isPlace(value, hashOf(value));

function addPair(names: Mention[], first: Token, second: Token, posted: ReadonlySet<string>): void {
  const value = `${first.word.bare} ${second.word.bare}`;
  const place = isWidePlace(first.word, value) || posted.has(value);
  if (place) dropNamesFrom(names, first.start);
  names.push({ kind: place ? 'place' : 'name-pair', value, start: first.start, end: second.end });
}

/** Of a place of two words the single words are no names: the last two names, with perhaps a pair between them. */
function dropNamesFrom(names: Mention[], start: number): void {
  const least = Math.max(0, names.length - 3);
  for (let at = names.length - 1; at >= least; at--) {
    const name = names[at];
    if (name?.kind === 'name' && name.start >= start) names.splice(at, 1);
  }
}
