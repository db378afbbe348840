import { slotOf } from './word-table.ts';

const initialCapacity = 1_024;
const lastStamp = 2 ** 31 - 1;

/** A set of words that is emptied in one step, to be used again for the next text. */
export class WordSet {
  /** Hash and stamp side by side; a slot whose stamp is not the present one is empty. */
  #slots = new Int32Array(initialCapacity * 2);
  #words: string[] = Array<string>(initialCapacity).fill('');
  #mask = initialCapacity - 1;
  #stamp = 1;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  clear(): void {
    this.#size = 0;
    if (this.#stamp === lastStamp) this.#slots.fill(0);
    this.#stamp = this.#stamp === lastStamp ? 1 : this.#stamp + 1;
  }

  has(word: string, hash: number): boolean {
    return this.#slots[this.#find(word, hash) * 2 + 1] === this.#stamp;
  }

  /** Adds a word; false when it was there. */
  add(word: string, hash: number): boolean {
    const slot = this.#find(word, hash);
    if (this.#slots[slot * 2 + 1] === this.#stamp) return false;
    this.#slots[slot * 2] = hash;
    this.#slots[slot * 2 + 1] = this.#stamp;
    this.#words[slot] = word;
    this.#size++;
    if (this.#size * 2 > this.#mask) this.#grow();
    return true;
  }

  /** The slot of a word, or the empty one where it would be. */
  #find(word: string, hash: number): number {
    let slot = slotOf(hash, this.#mask);
    while (this.#slots[slot * 2 + 1] === this.#stamp && (this.#slots[slot * 2] !== hash || this.#words[slot] !== word))
      slot = (slot + 1) & this.#mask;
    return slot;
  }

  #grow(): void {
    const [slots, words, stamp] = [this.#slots, this.#words, this.#stamp];
    this.#slots = new Int32Array(slots.length * 2);
    this.#words = Array<string>(words.length * 2).fill('');
    this.#mask = words.length * 2 - 1;
    this.#size = 0;
    for (const [slot, word] of words.entries()) if (slots[slot * 2 + 1] === stamp) this.add(word, slots[slot * 2] ?? 0);
  }
}
