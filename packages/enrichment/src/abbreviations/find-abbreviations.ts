import { plainWord } from '../concepts/plain-word.ts';
import { fold } from '../fold.ts';
import type { Token } from '../tokenise.ts';
import { alignInitials, type LongWord } from './align-initials.ts';

/** What stands for what in one text; the places are those of the definition, in UTF-16 units. */
export interface Abbreviation {
  /** The short form in NFC, as its letters are written. */
  readonly short: string;
  readonly long: { readonly start: number; readonly end: number };
}

const brackets = /[(（]([^()（）\n]{2,160})[)）]/gu;
const quotesAndStops = /["'“”„«»‘’״׳″′.]/gu;
const shortForm = /^[\p{L}][\p{L}\p{M}\p{N}&-]*$/u;
const mostLetters = 10;
const mostWords = 24;
/** A part of a bracket beyond these is a sentence, not a name. */
const mostPieces = 3;
const smallLetters = 3;
const article = /^(?:ال|ה)(?=.{2})/u;
const hanRun = /\p{Script=Han}+$/u;

/** Every abbreviation that a text defines itself, as `Long Form (LF)` or `LF (Long Form)`, in order; the first definition of a short form counts. Linear in the text. */
export function findAbbreviations(text: string, tokens: readonly Token[]): readonly Abbreviation[] {
  if (!text.includes('(') && !text.includes('（')) return [];
  const found = new Map<string, Abbreviation>();
  let before = 0;
  for (const bracket of text.matchAll(brackets)) {
    const open = bracket.index;
    while ((tokens[before]?.end ?? Number.POSITIVE_INFINITY) <= open) before++;
    const defined = definedBy({ text, tokens, before, open, inside: bracket[1] ?? '' });
    if (defined !== undefined && !found.has(defined.short)) found.set(defined.short, defined);
  }
  return [...found.values()];
}

interface Bracket {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Number of tokens that end before the bracket. */
  readonly before: number;
  readonly open: number;
  readonly inside: string;
}

function definedBy(bracket: Bracket): Abbreviation | undefined {
  const last = bracket.tokens[bracket.before - 1];
  if (last === undefined || /[^\s"'“”„«»‘’]/u.test(bracket.text.slice(last.end, bracket.open).slice(0, 4))) return undefined;
  for (const piece of bracket.inside.split(/[,;:،؛、，；：]/u).slice(0, mostPieces)) {
    const short = piece.replaceAll(quotesAndStops, '').trim().normalize('NFC');
    const long = isShort(short) ? longBefore(short, bracket) : undefined;
    if (long !== undefined) return { short, long };
  }
  return longInside(last, bracket);
}

function isShort(short: string): boolean {
  if (!shortForm.test(short)) return false;
  const letters = [...short];
  const capitals = letters.filter((letter) => letter !== letter.toLowerCase()).length;
  const unicameral = short.toLowerCase() === short.toUpperCase();
  return letters.length >= 2 && letters.length <= mostLetters && (unicameral || capitals >= 2);
}

type Span = Abbreviation['long'];

function longBefore(short: string, { tokens, before }: Bracket): Span | undefined {
  const last = tokens[before - 1];
  if (last === undefined) return undefined;
  if (hanRun.test(last.word.text)) return withinHan(short, last);
  const least = before - Math.min(mostWords, [...short].length * 2 + 5);
  let first = before - 1;
  while (first > 0 && first > least && tokens[first]?.opens === false) first--;
  const begin = beginOf(short, tokens.slice(first, before));
  const start = begin === undefined ? undefined : tokens[first + begin]?.start;
  return start === undefined ? undefined : { start, end: last.end };
}

/** `LF (Long Form)`: all of what stands in the bracket, up to a comma, is the long form. */
function longInside(shortToken: Token, { text, tokens, before, open, inside }: Bracket): Abbreviation | undefined {
  const short = shortToken.word.text.normalize('NFC');
  if (!isShort(short) || text.slice(shortToken.end, open).trim() !== '') return undefined;
  const end = open + 1 + (inside.split(/[,;:،؛、，；：]/u)[0] ?? '').length;
  let after = before;
  while (after - before < mostWords && (tokens[after]?.end ?? Number.POSITIVE_INFINITY) <= end) after++;
  const words = tokens.slice(before, after);
  const last = words.at(-1);
  if (last === undefined) return undefined;
  if (hanRun.test(last.word.text)) {
    const span = withinHan(short, last);
    return span?.start === last.start ? { short, long: span } : undefined;
  }
  const begin = beginOf(short, words);
  const start = begin === undefined || !words.slice(0, begin).every((word) => isSmall(word)) ? undefined : words[begin]?.start;
  return start === undefined ? undefined : { short, long: { start, end: last.end } };
}

/** The first word of the long form: by the letters as they are, or else by their transliteration (СБУ, SBU). */
function beginOf(short: string, words: readonly Token[]): number | undefined {
  const letters = short.replaceAll(/[&-]/g, '');
  const begin = alignInitials([...plainWord(letters)], words.map(asWritten)) ?? alignInitials(transliterated(letters), words.map(inAscii));
  const own = begin === undefined ? [] : words.slice(begin).map(({ word }) => word.text.normalize('NFC'));
  return own.includes(short) || own.join('').length <= [...letters].length ? undefined : begin;
}

const transliterated = (letters: string): readonly string[] => [...letters].map(fold).filter((letter) => letter !== '');
const isSmall = ({ word: { text, capital, unicameral } }: Token): boolean =>
  !capital && (unicameral ? [...text].length < smallLetters : text.length <= smallLetters + 1);
const asWritten = (token: Token): LongWord => wordOf(token, plainWord);
const inAscii = (token: Token): LongWord => wordOf(token, fold);
const wordOf = (token: Token, form: (word: string) => string): LongWord => ({
  forms: [...new Set([form(token.word.text), form(token.word.text.normalize('NFC').replace(article, ''))])],
  small: isSmall(token),
});

/** Chinese writes no spaces: the long form begins where the last fitting first character stands. */
function withinHan(short: string, { word: { text }, start, end }: Token): Span | undefined {
  const letters = [...short];
  let at = text.length;
  for (const letter of letters.toReversed()) {
    at = at === 0 ? -1 : text.lastIndexOf(letter, at - 1);
    if (at < 0) return undefined;
  }
  return text.length - at <= letters.length ? undefined : { start: start + at, end };
}
