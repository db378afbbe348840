import { commonWordsOf } from './common-words.ts';
import { lexiconOf } from './concepts/concept-lexicon.ts';
import { unitsOf } from './units.ts';
import { type Language, Word } from './word.ts';
import { hashOfUnits, slotOf } from './word-table.ts';

/** Reports use the same words over and over: so many are kept ready per language. */
const keptWords = 16_384;
const longestKept = 40;

/** Words of one language, worked out when they are seen and kept when they are seen again. */
export class Vocabulary {
  readonly #language: Language;
  /** Two neighbours share what hashes to either. */
  readonly #kept: (Word | undefined)[] = Array<Word | undefined>(keptWords).fill(undefined);
  readonly #hashes = new Int32Array(keptWords);
  /** The hash of the last word of a slot that was not kept: one that nobody repeats drives out none that all use. */
  readonly #seenOnce = new Int32Array(keptWords);

  constructor(language: Language) {
    this.#language = language;
  }

  /** The word that stands at a place of a text. */
  wordAt(text: string, start: number, end: number, numeric: boolean): Word {
    const hash = hashOfUnits(unitsOf(text), start, end);
    const slot = slotOf(hash, keptWords - 1);
    const found = this.#hashes[slot] === hash ? slot : slot ^ 1;
    const known = this.#hashes[found] === hash ? this.#kept[found] : undefined;
    if (known !== undefined && known.text.length === end - start && text.startsWith(known.text, start)) return known;
    return this.#read(text.slice(start, end), hash, slot, numeric);
  }

  #read(text: string, hash: number, slot: number, numeric: boolean): Word {
    const word = new Word(text, hash, numeric, this.#language);
    if (this.#seenOnce[slot] === hash && text.length <= longestKept) {
      const neighbour = slot ^ 1;
      this.#kept[neighbour] = this.#kept[slot];
      this.#hashes[neighbour] = this.#hashes[slot] ?? 0;
      this.#kept[slot] = word;
      this.#hashes[slot] = hash;
    }
    this.#seenOnce[slot] = hash;
    return word;
  }
}

const vocabularies = new Map<Language['common'], Map<Language['lexicon'], Vocabulary>>();

/** The words of a language (ISO 639-1), English where it is unknown. Languages that know the same words share one. */
export function vocabularyOf(language: string | null): Vocabulary {
  const [common, lexicon] = [commonWordsOf(language), lexiconOf(language ?? 'en')];
  const ofCommon = vocabularies.get(common) ?? new Map<Language['lexicon'], Vocabulary>();
  vocabularies.set(common, ofCommon);
  const vocabulary = ofCommon.get(lexicon) ?? new Vocabulary({ common, lexicon });
  ofCommon.set(lexicon, vocabulary);
  return vocabulary;
}
