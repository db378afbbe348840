const initialSlots = 1024;
const nobody: readonly number[] = [];

/** A set of stems with numbers, walked a character at a time: a few array reads per word, whatever the number of stems. */
export class StemTrie {
  /** Open addressing: (node, character) -> next node. */
  #keys = new Float64Array(initialSlots).fill(-1);
  #next = new Int32Array(initialSlots);
  #edges = 0;
  #nodes = 1;
  readonly #values: number[][] = [[]];

  /** Adds a number under a stem; a stem may have several. */
  add(stem: string, value: number): void {
    let node = 0;
    for (let at = 0; at < stem.length; at++) node = this.#step(node, stem.charCodeAt(at)) ?? this.#grow(node, stem.charCodeAt(at));
    this.#values[node]?.push(value);
  }

  /** Calls back for every stem that the word begins with at `from`, shortest first, with where the stem ends. */
  walk(word: string, from: number, found: (value: number, end: number) => void): void {
    let node: number | undefined = 0;
    for (let at = from; at < word.length; at++) {
      node = this.#step(node, word.charCodeAt(at));
      if (node === undefined) return;
      for (const value of this.#values[node] ?? nobody) found(value, at + 1);
    }
  }

  #slot(key: number): number {
    const mask = this.#keys.length - 1;
    const mixed = Math.imul((key / 65_536) | 0, 0x9e3779b1) ^ Math.imul(key & 65_535, 0x85ebca6b);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    while (this.#keys[slot] !== -1 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #step(node: number, code: number): number | undefined {
    const key = node * 65_536 + code;
    const slot = this.#slot(key);
    return this.#keys[slot] === key ? this.#next[slot] : undefined;
  }

  #grow(node: number, code: number): number {
    if (this.#edges * 2 > this.#keys.length) this.#rehash();
    const key = node * 65_536 + code;
    const slot = this.#slot(key);
    this.#keys[slot] = key;
    this.#next[slot] = this.#nodes;
    this.#edges++;
    this.#values.push([]);
    return this.#nodes++;
  }

  #rehash(): void {
    const [keys, next] = [this.#keys, this.#next];
    this.#keys = new Float64Array(keys.length * 2).fill(-1);
    this.#next = new Int32Array(keys.length * 2);
    for (const [old, key] of keys.entries()) {
      if (key === -1) continue;
      const slot = this.#slot(key);
      this.#keys[slot] = key;
      this.#next[slot] = next[old] ?? 0;
    }
  }
}
