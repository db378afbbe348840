import { commonWordsOf } from './common-words.ts';
import { lexiconOf } from './concepts/concept-lexicon.ts';
import { unitsOf } from './units.ts';
import { type Language, Word } from './word.ts';
import { hashOfUnits, slotOf } from './word-table.ts';

/** Reports use the same words over and over: so many are kept ready per language. */
const keptWords = 16_384;
const slotCount = keptWords * 2;
const longestKept = 40;

/** Words of one language, worked out when they are seen and kept when they are seen again. */
export class Vocabulary {
  readonly #language: Language;
  readonly #kept: Word[] = [];
  /** Of each kept word, side by side: its hash, its place among the kept plus one (zero for an empty slot), where its letters stand, how many they are. */
  readonly #slots = new Int32Array(slotCount * 4);
  #letters = new Uint16Array(2 ** 14);
  #lettersEnd = 0;
  /** Hashes of words that were seen and not kept: what nobody repeats is not worth a place. */
  readonly #seenOnce = new Int32Array(slotCount);

  constructor(language: Language) {
    this.#language = language;
  }

  /** The word that stands at a place of a text. */
  wordAt(text: string, start: number, end: number, numeric: boolean): Word {
    const units = unitsOf(text);
    const hash = hashOfUnits(units, start, end);
    const slots = this.#slots;
    let slot = slotOf(hash, slotCount - 1) * 4;
    for (let place = slots[slot + 1] ?? 0; place !== 0; place = slots[slot + 1] ?? 0) {
      const word = slots[slot] === hash && this.#isWritten(slot, units, start, end) ? this.#kept[place - 1] : undefined;
      if (word !== undefined) return word;
      slot = (slot + 4) & (slotCount * 4 - 1);
    }
    const word = new Word(text.slice(start, end), hash, numeric, this.#language);
    if (end - start <= longestKept && this.#wasSeen(hash)) this.#keep(word, hash, slot);
    return word;
  }

  #isWritten(slot: number, units: Uint16Array, start: number, end: number): boolean {
    const letters = this.#letters;
    const from = (this.#slots[slot + 2] ?? 0) - start;
    if (this.#slots[slot + 3] !== end - start) return false;
    for (let at = start; at < end; at++) if (units[at] !== letters[from + at]) return false;
    return true;
  }

  /** True when the last word of its slot had the same hash. */
  #wasSeen(hash: number): boolean {
    const slot = slotOf(hash, slotCount - 1);
    const seen = this.#seenOnce[slot] === hash;
    this.#seenOnce[slot] = hash;
    return seen;
  }

  #keep(word: Word, hash: number, free: number): void {
    const { text } = word;
    if (this.#kept.length === keptWords) {
      this.#forget();
      return;
    }
    this.#slots[free] = hash;
    this.#slots[free + 1] = this.#kept.push(word);
    this.#slots[free + 2] = this.#lettersEnd;
    this.#slots[free + 3] = text.length;
    if (this.#lettersEnd + text.length > this.#letters.length) {
      const more = new Uint16Array(this.#letters.length * 2);
      more.set(this.#letters);
      this.#letters = more;
    }
    for (let at = 0; at < text.length; at++) this.#letters[this.#lettersEnd++] = text.charCodeAt(at);
  }

  /** Begins anew: what is still in use comes back soon. */
  #forget(): void {
    this.#kept.length = 0;
    this.#slots.fill(0);
    this.#lettersEnd = 0;
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
