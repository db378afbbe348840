import { fold } from '../fold.ts';
import { isAscii } from '../is-ascii.ts';
import { hashOf } from '../word-table.ts';
import { leastStem } from './inflection.ts';
import { readMixed } from './look-alikes.ts';

/** What names are compared by, within a word: all of it, or one character where a script writes no spaces. */
export interface NamePiece {
  readonly start: number;
  readonly end: number;
  /** The word in lower-case ASCII letters and digits; a character of a script without spaces as it is. */
  readonly folded: string;
  /** What all forms of a word have in common: its first letters. */
  readonly key: string;
  readonly keyHash: number;
  /** True for a word that is all capitals. */
  readonly capitals: boolean;
  /** True when look-alike letters of several scripts were mixed in it. */
  readonly mixed: boolean;
}

/** One character of a script that writes no spaces, or a run of any other. */
const piece =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]\p{M}*|[^\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]+/gu;
const unspaced = /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;

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

function formOf(word: string): Pick<NamePiece, 'folded' | 'mixed'> {
  if (isAscii(word)) return { folded: word.toLowerCase(), mixed: false };
  if (semitic.test(word)) return { folded: fold(withoutMarks(word)), mixed: false };
  const mixed = readMixed(word);
  return { folded: fold((mixed?.reading ?? word).normalize('NFKC')), mixed: mixed !== undefined };
}

const isAllCapitals = (word: string): boolean => word === word.toUpperCase() && word !== word.toLowerCase();

function pieceOf(written: string, start: number): NamePiece {
  const at = { start, end: start + written.length };
  if (unspaced.test(written)) {
    const folded = written.normalize('NFKC');
    return { ...at, folded, key: folded, keyHash: hashOf(folded), capitals: false, mixed: false };
  }
  const { folded, mixed } = formOf(written);
  const key = folded.slice(0, leastStem);
  return { ...at, folded, key, keyHash: hashOf(key), capitals: isAllCapitals(written), mixed };
}

/** What a word is compared by, in order: the whole of it, or its characters where its script writes no spaces. */
export const splitName = (word: string): readonly NamePiece[] =>
  isAscii(word)
    ? [pieceOf(word, 0)]
    : [...word.matchAll(piece)].map(({ 0: written, index }) => pieceOf(written, index)).filter(({ folded }) => folded !== '');
