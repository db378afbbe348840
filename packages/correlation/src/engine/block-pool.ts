const chunkInts = 1 << 18;
const firstInts = 1 << 10;

/** Blocks of integers carved out of large arrays; a block never crosses from one array into the next. Freed blocks are given out again for the same length. */
export class BlockPool {
  readonly #chunks: Int32Array[] = [new Int32Array(firstInts)];
  #used = 0;
  readonly #free = new Map<number, number[]>();

  /** A block of so many integers, of any content. Its number tells where it is. */
  take(length: number): number {
    const freed = this.#free.get(length)?.pop();
    if (freed !== undefined) return freed;
    if (length > chunkInts) {
      this.#chunks.push(new Int32Array(length));
      this.#used = chunkInts;
      return (this.#chunks.length - 1) * chunkInts;
    }
    if (this.#used + length > chunkInts) {
      this.#chunks.push(new Int32Array(chunkInts));
      this.#used = 0;
    }
    if (this.#chunks.length === 1 && this.#used + length > this.#first.length) this.#growFirst(this.#used + length);
    const block = (this.#chunks.length - 1) * chunkInts + this.#used;
    this.#used += length;
    return block;
  }

  give(block: number, length: number): void {
    const freed = this.#free.get(length);
    if (freed === undefined) this.#free.set(length, [block]);
    else freed.push(block);
  }

  /** The array a block is in. */
  array(block: number): Int32Array {
    return this.#chunks[Math.floor(block / chunkInts)] ?? nothing;
  }

  /** Where in its array a block begins. */
  offset(block: number): number {
    return block % chunkInts;
  }

  get #first(): Int32Array {
    return this.#chunks[0] ?? nothing;
  }

  /** Small at first, so that an empty pool costs next to nothing. */
  #growFirst(needed: number): void {
    const larger = new Int32Array(Math.min(chunkInts, Math.max(2 * this.#first.length, needed)));
    larger.set(this.#first);
    this.#chunks[0] = larger;
  }

  get bytes(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  }
}

const nothing = new Int32Array(0);
