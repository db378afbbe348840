import type { CommonWords } from './common-words.ts';
import { type Lexicon, type Phrase, phrasesFrom } from './concepts/concept-lexicon.ts';
import { plainWord } from './concepts/plain-word.ts';
import { fold } from './fold.ts';
import { beginsPlace, isPlace } from './gazetteer.ts';
import { isAscii } from './is-ascii.ts';
import { leastStem } from './register/inflection.ts';
import { type NamePiece, splitName } from './register/name-pieces.ts';
import { hashOf } from './word-table.ts';

/** Words so common that sharing one says nothing: the first so many of the language's list. */
const stopRank = 250;
const leastLetters = 3;
const stemLetters = 7;
const leastRareLetters = 5;
const rareStemLetters = 10;
/** A word of a script without capitals must be longer to pass for a name. */
const leastUnicameral = 4;

const arabicArticles = ['wal', 'bal', 'al', 'll'];
const han = /^\p{Script=Han}/u;

/** What a language knows of words. */
export interface Language {
  readonly common: CommonWords;
  readonly lexicon: Lexicon;
}

function withoutArticle(folded: string): string {
  for (const article of arabicArticles)
    if (folded.startsWith(article) && folded.length >= article.length + leastLetters) return folded.slice(article.length);
  return folded;
}

const isUnicameral = (text: string): boolean => {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
  return first.toLowerCase() === first.toUpperCase();
};
const beginsWithCapital = (text: string): boolean => {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
  return first !== first.toLowerCase();
};

const numericBit = 1;
const capitalBit = 2;
const unicameralBit = 4;
const hanBit = 8;
const mayNameBit = 16;
const placeBit = 32;
const beginsPlaceBit = 64;

const bitsOf = (text: string, ascii: boolean): number => {
  if (beginsWithCapital(text)) return capitalBit;
  if (ascii || !isUnicameral(text)) return 0;
  return han.test(text) ? unicameralBit | hanBit : unicameralBit;
};

/**
 * Everything about a word that does not depend on where it stands, worked out once; the same text and language give equal words. What every finder asks stands
 * first, on two lines of the processor's cache.
 */
export class Word {
  readonly text: string;
  readonly #bits: number;
  readonly foldedHash: number;
  /** The hash by which it is looked for in names of the register, when it is one piece of ASCII. */
  readonly keyHash: number | undefined;
  /** What text similarity compares of it; empty for a number and the commonest words. */
  readonly stem: string;
  readonly stemHash: number;
  /** What is compared of a rare word in lower case; empty for any other. */
  readonly rareStem: string;
  readonly rareStemHash: number;
  /** The phrases of the lexicon that may begin with it. */
  readonly phrases: readonly Phrase[];
  /** In lower-case ASCII; empty for a number. */
  readonly folded: string;
  /** As the lexicon compares it; empty for a number. */
  readonly plain: string;
  /** What it is called as a name: folded, without the article that Arabic writes to it. */
  readonly bare: string;
  #pieces: readonly NamePiece[] | undefined;

  constructor(text: string, hash: number, numeric: boolean, { common, lexicon }: Language) {
    const ascii = isAscii(text);
    const lower = ascii ? text.toLowerCase() : '';
    const folded = numeric ? '' : ascii ? lower : fold(text);
    const foldedHash = folded === text ? hash : hashOf(folded);
    const form = numeric ? numericBit : lower === text ? 0 : bitsOf(text, ascii);
    const named = (form & (capitalBit | unicameralBit)) !== 0;
    const bare = (form & unicameralBit) === 0 ? folded : withoutArticle(folded);
    const rank = numeric ? -1 : common.numberOf(folded, foldedHash);
    this.text = text;
    this.#bits = named ? form | nameBits({ folded, foldedHash, bare, rank, form }, common) : form;
    this.foldedHash = foldedHash;
    this.keyHash = ascii ? hashOf(lower, 0, Math.min(lower.length, leastStem)) : undefined;
    this.stem = folded.length >= leastLetters && (rank < 0 || rank >= stopRank) ? folded.slice(0, stemLetters) : '';
    this.stemHash = folded.length > stemLetters ? hashOf(folded, 0, stemLetters) : foldedHash;
    this.rareStem = rank < 0 && common.size > 0 && !named && folded.length >= leastRareLetters ? folded.slice(0, rareStemLetters) : '';
    this.rareStemHash = folded.length > rareStemLetters ? hashOf(folded, 0, rareStemLetters) : foldedHash;
    this.plain = ascii || numeric ? folded : plainWord(text);
    this.phrases = phrasesFrom(lexicon, this.plain);
    this.folded = folded;
    this.bare = bare;
  }

  /** True when it begins with a digit. */
  get numeric(): boolean {
    return (this.#bits & numericBit) !== 0;
  }

  /** True when its first letter is upper case. */
  get capital(): boolean {
    return (this.#bits & capitalBit) !== 0;
  }

  /** True when its script knows no capitals (Arabic, Hebrew, Georgian, Chinese ...). */
  get unicameral(): boolean {
    return (this.#bits & unicameralBit) !== 0;
  }

  /** True for a word of Chinese, which holds many. */
  get han(): boolean {
    return (this.#bits & hanBit) !== 0;
  }

  /** True when it is written like a name, is none of the common words and is long enough. */
  get mayName(): boolean {
    return (this.#bits & mayNameBit) !== 0;
  }

  /** True when it is the name of a place. */
  get place(): boolean {
    return (this.#bits & placeBit) !== 0;
  }

  /** True when a place of several words begins with it. */
  get beginsPlace(): boolean {
    return (this.#bits & beginsPlaceBit) !== 0;
  }

  /** Its parts as names of the register are compared. */
  get pieces(): readonly NamePiece[] {
    this.#pieces ??= splitName(this.text);
    return this.#pieces;
  }
}

interface Named {
  readonly folded: string;
  readonly foldedHash: number;
  readonly bare: string;
  readonly rank: number;
  readonly form: number;
}

/** What is asked of a word with a capital, or of a script without them. */
function nameBits({ folded, foldedHash, bare, rank, form }: Named, common: CommonWords): number {
  const hash = bare === folded ? foldedHash : hashOf(bare);
  const least = (form & unicameralBit) === 0 ? leastLetters : leastUnicameral;
  const isCommon = rank >= 0 || (bare !== folded && common.has(bare, hash));
  const mayName = folded.length >= least && !isCommon ? mayNameBit : 0;
  return mayName | (isPlace(bare, hash) ? placeBit : 0) | (beginsPlace(bare, hash) ? beginsPlaceBit : 0);
}
