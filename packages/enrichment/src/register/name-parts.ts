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
  /** False where what stands before it cannot be inside a name. */
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

interface Form {
  readonly folded: string;
  readonly mixed: boolean;
}

function formOf(word: string): Form {
  if (isAscii(word)) return { folded: word.toLowerCase(), mixed: false };
  if (semitic.test(word)) return { folded: fold(withoutMarks(word)), mixed: false };
  const mixed = readMixed(word);
  return { folded: fold((mixed?.reading ?? word).normalize('NFKC')), mixed: mixed !== undefined };
}

const isAllCapitals = (word: string): boolean => word === word.toUpperCase() && word !== word.toLowerCase();

/** The words and characters of a text that names are compared by, in order, with where they stand in it. */
export function namePartsOf(text: string, tokens: readonly Token[]): readonly NamePart[] {
  const parts: NamePart[] = [];
  let before: Token | undefined;
  for (const token of tokens) {
    const joins = before !== undefined && areJoined(text, before, token);
    before = token;
    if (isAscii(token.text)) parts.push(partOf(token.text, token.start, joins));
    else for (const found of token.text.matchAll(piece)) parts.push(partOf(found[0], token.start + found.index, joins || found.index > 0));
  }
  return parts;
}

function areJoined(text: string, before: Token, token: Token): boolean {
  if (token.start - before.end > longestGap) return false;
  const gap = text.slice(before.end, token.start);
  if (!insideName.test(gap) || gap.indexOf('\n') !== gap.lastIndexOf('\n')) return false;
  return !gap.includes('.') || before.text.length <= shortBeforeStop;
}

function partOf(written: string, start: number, joins: boolean): NamePart {
  const at = { start, end: start + written.length, joins };
  if (unspaced.test(written)) {
    const folded = written.normalize('NFKC');
    return { ...at, folded, key: folded, capitals: false, mixed: false };
  }
  const { folded, mixed } = formOf(written);
  return { ...at, folded, key: folded.slice(0, leastStem), capitals: isAllCapitals(written), mixed };
}
