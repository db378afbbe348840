import { fold } from '../fold.ts';
import type { Token } from '../tokenise.ts';
import { leastStem } from './inflection.ts';
import { readMixed } from './look-alikes.ts';

/** What names are compared by: a word, or one character where a script writes no spaces. */
export interface NamePart {
  readonly start: number;
  readonly end: number;
  /** The word in lower-case ASCII letters and digits; a character of a script without spaces as it is. */
  readonly folded: string;
  /** What all forms of a word have in common: its first letters. */
  readonly key: string;
  /** True when it goes on where the part before it ends, with nothing between them that cannot be inside a name. */
  readonly joins: boolean;
  /** True for a word that is all capitals. */
  readonly capitals: boolean;
  /** True when look-alike letters of several scripts were mixed in it. */
  readonly mixed: boolean;
}

/** One character of a script that writes no spaces, or a run of any other. */
const piece =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]\p{M}*|[^\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]+/gu;
const unspaced = /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;
const insideName = /^[\s\p{Pd}'’ʼ"“”„«»״׳.&/·・‧_\u{200c}]*$/u;
const longestGap = 6;
const space = 32;
const shortBeforeStop = 3;

const isAscii = (text: string): boolean => {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
};

/** Semitic marks of vowels are left out in most texts; letters that differ by keyboard are one. */
const vowelMarks = /[\u{64b}-\u{65f}\u{670}\u{640}\u{591}-\u{5c7}]/gu;
const arabicForms: Readonly<Record<string, string>> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ئ: 'ي',
  ؤ: 'و',
  ک: 'ك',
  ۀ: 'ه',
  ة: 'ه',
};
/** What Arabic writes to a word: and, so, in, as, the. */
const arabicPrefix = /^و?(?:[فبك]?(?:ال|لل))?و?(?=.{3})/u;
const semitic = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

function withoutMarks(word: string): string {
  const bare = word.normalize('NFC').replaceAll(vowelMarks, '');
  return bare.replaceAll(/[أإآٱىیئؤکۀة]/gu, (letter) => arabicForms[letter] ?? letter).replace(arabicPrefix, '');
}

/** A part within its word. */
type Piece = Omit<NamePart, 'joins'>;

function formOf(word: string): Pick<Piece, 'folded' | 'mixed'> {
  if (isAscii(word)) return { folded: word.toLowerCase(), mixed: false };
  if (semitic.test(word)) return { folded: fold(withoutMarks(word)), mixed: false };
  const mixed = readMixed(word);
  return { folded: fold((mixed?.reading ?? word).normalize('NFKC')), mixed: mixed !== undefined };
}

const isAllCapitals = (word: string): boolean => word === word.toUpperCase() && word !== word.toLowerCase();

function pieceOf(written: string, start: number): Piece {
  const at = { start, end: start + written.length };
  if (unspaced.test(written)) {
    const folded = written.normalize('NFKC');
    return { ...at, folded, key: folded, capitals: false, mixed: false };
  }
  const { folded, mixed } = formOf(written);
  return { ...at, folded, key: folded.slice(0, leastStem), capitals: isAllCapitals(written), mixed };
}

const splitWord = (word: string): readonly Piece[] =>
  isAscii(word)
    ? [pieceOf(word, 0)]
    : [...word.matchAll(piece)].map(({ 0: written, index }) => pieceOf(written, index)).filter(({ folded }) => folded !== '');

/** Words seen lately; reports use the same words over and over. */
const recent = new Map<string, readonly Piece[]>();
const mostRecent = 50_000;
const longestKept = 40;

function piecesOf(word: string): readonly Piece[] {
  if (word.length > longestKept) return splitWord(word);
  const known = recent.get(word);
  if (known !== undefined) return known;
  if (recent.size >= mostRecent) recent.clear();
  const pieces = splitWord(word);
  recent.set(word, pieces);
  return pieces;
}

/** The words and characters of a text that can be in a name by their key, in order, with where they stand in it. */
export function namePartsOf(text: string, tokens: readonly Token[], isInName: (key: string) => boolean): readonly NamePart[] {
  const parts: NamePart[] = [];
  let before: Token | undefined;
  let broken = true;
  for (const token of tokens) {
    for (const { start, end, folded, key, capitals, mixed } of piecesOf(token.text)) {
      if (isInName(key)) {
        const joins = !broken && (start > 0 || (before !== undefined && areJoined(text, before, token)));
        parts.push({ start: token.start + start, end: token.start + end, folded, key, joins, capitals, mixed });
        broken = false;
      } else broken = true;
    }
    before = token;
  }
  return parts;
}

function areJoined(text: string, before: Token, token: Token): boolean {
  const width = token.start - before.end;
  if (width > longestGap) return false;
  if (width === 1 && text.charCodeAt(before.end) === space) return true;
  const gap = text.slice(before.end, token.start);
  if (!insideName.test(gap) || gap.indexOf('\n') !== gap.lastIndexOf('\n')) return false;
  return !gap.includes('.') || before.text.length <= shortBeforeStop;
}
