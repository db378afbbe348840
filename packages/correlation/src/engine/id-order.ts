import { Int32Column } from './int32-column.ts';

const flip = -(2 ** 31);

/** The first eight letters of every id as two integers that order as the letters do: most ids differ there. */
export class IdOrder {
  readonly #beginnings = new Int32Column();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#beginnings.bytes;
  }

  /** Slots must be added in their order. */
  add(slot: number, id: string): void {
    this.#beginnings.set(2 * slot, packed(id, 0));
    this.#beginnings.set(2 * slot + 1, packed(id, 4));
    this.#size = slot + 1;
  }

  /** Negative or positive as the ids of two slots order; 0 when their beginnings do not tell. */
  compare(a: number, b: number): number {
    const [x, y] = [this.#beginnings.get(2 * a), this.#beginnings.get(2 * b)];
    if (x !== y) return x < y ? -1 : 1;
    const [p, q] = [this.#beginnings.get(2 * a + 1), this.#beginnings.get(2 * b + 1)];
    return p === q ? 0 : p < q ? -1 : 1;
  }
}

/** Four letters from a place on, one to a byte; from the first that fits in no byte on all are alike, so that what comes after it cannot tell. */
function packed(id: string, from: number): number {
  let value = 0;
  let full = false;
  for (let at = 0; at < from; at++) full ||= id.charCodeAt(at) >= 255;
  for (let at = from; at < from + 4; at++) {
    const letter = at < id.length ? id.charCodeAt(at) : 0;
    value = (value << 8) | (full ? 0 : Math.min(letter, 255));
    full ||= letter >= 255;
  }
  return value ^ flip;
}
