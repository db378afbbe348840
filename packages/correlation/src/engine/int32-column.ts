const chunkBits = 14;
const chunkSize = 1 << chunkBits;
const mask = chunkSize - 1;

/** Integers by number, growing in chunks, so that growing copies no more than the first of them. Unset ones read as 0. */
export class Int32Column {
  readonly #chunks: Int32Array[] = [new Int32Array(64)];

  get(at: number): number {
    const chunk = this.#chunks[at >> chunkBits];
    return chunk === undefined ? 0 : (chunk[at & mask] ?? 0);
  }

  set(at: number, value: number): void {
    const chunk = this.#chunks[at >> chunkBits];
    if (chunk !== undefined && (at & mask) < chunk.length) chunk[at & mask] = value;
    else this.#grow(at)[at & mask] = value;
  }

  get bytes(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  }

  #grow(at: number): Int32Array {
    const first = this.#chunks[0] ?? new Int32Array(0);
    const chunks = at >> chunkBits;
    const larger = new Int32Array(chunks > 0 ? chunkSize : Math.min(chunkSize, 2 ** (32 - Math.clz32(at))));
    if (larger.length > first.length) {
      larger.set(first);
      this.#chunks[0] = larger;
    }
    while (this.#chunks.length <= chunks) this.#chunks.push(new Int32Array(chunkSize));
    return this.#chunks[chunks] ?? larger;
  }
}
