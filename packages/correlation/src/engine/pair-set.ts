const radix = 2 ** 26;

/** Unordered pairs of slots, each once, in the order in which they were first added. */
export class PairSet {
  readonly #pairs = new Set<number>();

  get size(): number {
    return this.#pairs.size;
  }

  add(a: number, b: number): void {
    this.#pairs.add(pairNumber(a, b));
  }

  *[Symbol.iterator](): Generator<readonly [a: number, b: number]> {
    for (const pair of this.#pairs) yield [Math.floor(pair / radix), pair % radix];
  }
}

/** One number for an unordered pair of slots below 2^26. */
export const pairNumber = (a: number, b: number): number => (a < b ? a * radix + b : b * radix + a);
