const chunkBits = 14;
const chunkSize = 1 << chunkBits;
const mask = chunkSize - 1;

/** Integers by number, growing in chunks, so that growing copies nothing. Unset ones read as 0. */
export class Int32Column {
  readonly #chunks: Int32Array[] = [];

  get(at: number): number {
    const chunk = this.#chunks[at >> chunkBits];
    return chunk === undefined ? 0 : (chunk[at & mask] ?? 0);
  }

  set(at: number, value: number): void {
    let chunk = this.#chunks[at >> chunkBits];
    if (chunk === undefined) {
      while (this.#chunks.length <= at >> chunkBits) this.#chunks.push(new Int32Array(chunkSize));
      chunk = this.#chunks[at >> chunkBits];
    }
    if (chunk !== undefined) chunk[at & mask] = value;
  }

  get bytes(): number {
    return this.#chunks.length * chunkSize * 4;
  }
}
