/** The hash of a part of a text, from its UTF-16 units: equal parts have equal hashes. */
export function hashOf(text: string, from = 0, to = text.length): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}

/** The hash of the same part, from the units of the text. */
export function hashOfUnits(units: Uint16Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (units[at] ?? 0), 0x01000193);
  return hash ^ (hash >>> 15);
}

/** The place to begin looking for a hash in a table of a power of two. */
export const slotOf = (hash: number, mask: number): number => (hash ^ (hash >>> 11)) & mask;

const absent = -1;

/** Words with a number each, asked by the word and its hash: most words that are not in it cost one read. */
export class WordTable {
  /** Hash and place in the lists below plus one, side by side; zero for an empty slot. */
  readonly #slots: Int32Array;
  readonly #mask: number;
  readonly #words: readonly string[];
  readonly #numbers: Int32Array;

  constructor(words: ReadonlyMap<string, number>) {
    const capacity = 2 ** Math.ceil(Math.log2(words.size * 2 + 2));
    this.#slots = new Int32Array(capacity * 2);
    this.#mask = capacity - 1;
    this.#words = [...words.keys()];
    this.#numbers = Int32Array.from(words.values());
    for (const [place, word] of this.#words.entries()) this.#put(hashOf(word), place);
  }

  get size(): number {
    return this.#words.length;
  }

  /** The number of a word, -1 when it is not in the table. */
  numberOf(word: string, hash: number): number {
    const slots = this.#slots;
    for (let slot = slotOf(hash, this.#mask); ; slot = (slot + 1) & this.#mask) {
      const place = (slots[slot * 2 + 1] ?? 0) - 1;
      if (place < 0) return absent;
      if (slots[slot * 2] === hash && this.#words[place] === word) return this.#numbers[place] ?? absent;
    }
  }

  /** False when no word of the table has that hash. */
  mayHave(hash: number): boolean {
    const slots = this.#slots;
    for (let slot = slotOf(hash, this.#mask); ; slot = (slot + 1) & this.#mask) {
      if (slots[slot * 2 + 1] === 0) return false;
      if (slots[slot * 2] === hash) return true;
    }
  }

  has(word: string, hash: number): boolean {
    return this.numberOf(word, hash) !== absent;
  }

  #put(hash: number, place: number): void {
    let slot = slotOf(hash, this.#mask);
    while (this.#slots[slot * 2 + 1] !== 0) slot = (slot + 1) & this.#mask;
    this.#slots[slot * 2] = hash;
    this.#slots[slot * 2 + 1] = place + 1;
  }
}
