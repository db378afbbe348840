import { BlockPool } from './block-pool.ts';
import { Int32Column } from './int32-column.ts';

/** What is known of a pair of signals. */
export interface Edge {
  readonly millibits: number;
  /** Enough for an automatic link. */
  readonly linkable: boolean;
}

/** Pairs of signals whose score is worth keeping, by both ends: for each slot a pooled block of its count, then other end and score side by side. */
export class EdgeTable {
  /** Block number + 1; 0 for none. */
  readonly #heads = new Int32Column();
  readonly #pool = new BlockPool();

  degree(slot: number): number {
    const block = this.#heads.get(slot) - 1;
    return block < 0 ? 0 : (this.#pool.array(block)[this.#pool.offset(block)] ?? 0);
  }

  /** The other end of an edge, by its place below the degree; the order is arbitrary. */
  otherAt(slot: number, place: number): number {
    const block = this.#heads.get(slot) - 1;
    return this.#pool.array(block)[this.#pool.offset(block) + 1 + 2 * place] ?? -1;
  }

  millibitsAt(slot: number, place: number): number {
    return this.#scoreAt(slot, place) >> 1;
  }

  isLinkableAt(slot: number, place: number): boolean {
    return (this.#scoreAt(slot, place) & 1) === 1;
  }

  /** The other ends, as they were at the call. */
  others(slot: number): readonly number[] {
    return Array.from({ length: this.degree(slot) }, (_, place) => this.otherAt(slot, place));
  }

  /** The other ends of those edges that are enough for a link, as they were at the call. */
  linkable(slot: number): readonly number[] {
    const block = this.#heads.get(slot) - 1;
    if (block < 0) return none;
    const array = this.#pool.array(block);
    const offset = this.#pool.offset(block);
    const end = offset + 1 + 2 * (array[offset] ?? 0);
    const found: number[] = [];
    for (let at = offset + 1; at < end; at += 2) if (((array[at + 1] ?? 0) & 1) === 1) found.push(array[at] ?? -1);
    return found;
  }

  get(a: number, b: number): Edge | undefined {
    const [from, to] = this.degree(a) <= this.degree(b) ? [a, b] : [b, a];
    const place = this.#find(from, to);
    return place < 0 ? undefined : { millibits: this.millibitsAt(from, place), linkable: this.isLinkableAt(from, place) };
  }

  has(a: number, b: number): boolean {
    return this.degree(a) <= this.degree(b) ? this.#find(a, b) >= 0 : this.#find(b, a) >= 0;
  }

  set(a: number, b: number, { millibits, linkable }: Edge): void {
    const score = (millibits << 1) | (linkable ? 1 : 0);
    const isNew = !this.has(a, b);
    this.#put(a, b, score, isNew);
    this.#put(b, a, score, isNew);
  }

  delete(a: number, b: number): void {
    if (!this.has(a, b)) return;
    this.#take(a, b);
    this.#take(b, a);
  }

  get bytes(): number {
    return this.#heads.bytes + this.#pool.bytes;
  }

  #scoreAt(slot: number, place: number): number {
    const block = this.#heads.get(slot) - 1;
    return this.#pool.array(block)[this.#pool.offset(block) + 2 + 2 * place] ?? 0;
  }

  #find(slot: number, other: number): number {
    const block = this.#heads.get(slot) - 1;
    if (block < 0) return -1;
    const array = this.#pool.array(block);
    const offset = this.#pool.offset(block);
    const end = offset + 1 + 2 * (array[offset] ?? 0);
    for (let at = offset + 1; at < end; at += 2) if (array[at] === other) return (at - offset - 1) >> 1;
    return -1;
  }

  #put(slot: number, other: number, score: number, isNew: boolean): void {
    const degree = this.degree(slot);
    const place = isNew ? degree : this.#find(slot, other);
    if (isNew) this.#makeRoom(slot, degree);
    const block = this.#heads.get(slot) - 1;
    const array = this.#pool.array(block);
    const offset = this.#pool.offset(block);
    array[offset + 1 + 2 * place] = other;
    array[offset + 2 + 2 * place] = score;
    if (isNew) array[offset] = degree + 1;
  }

  #makeRoom(slot: number, degree: number): void {
    const block = this.#heads.get(slot) - 1;
    if (block >= 0 && degree + 1 <= capacity(degree)) return;
    const larger = this.#pool.take(1 + 2 * capacity(degree + 1));
    if (block >= 0) this.#move(block, larger, degree);
    this.#heads.set(slot, larger + 1);
  }

  #move(block: number, larger: number, degree: number): void {
    const offset = this.#pool.offset(block);
    this.#pool.array(larger).set(this.#pool.array(block).subarray(offset, offset + 1 + 2 * degree), this.#pool.offset(larger));
    this.#pool.give(block, 1 + 2 * capacity(degree));
  }

  #take(slot: number, other: number): void {
    const place = this.#find(slot, other);
    const block = this.#heads.get(slot) - 1;
    const array = this.#pool.array(block);
    const offset = this.#pool.offset(block);
    const last = (array[offset] ?? 0) - 1;
    array[offset + 1 + 2 * place] = array[offset + 1 + 2 * last] ?? 0;
    array[offset + 2 + 2 * place] = array[offset + 2 + 2 * last] ?? 0;
    array[offset] = last;
    if (capacity(last) === capacity(last + 1)) return;
    const smaller = last === 0 ? -1 : this.#pool.take(1 + 2 * capacity(last));
    if (smaller >= 0) this.#pool.array(smaller).set(array.subarray(offset, offset + 1 + 2 * last), this.#pool.offset(smaller));
    this.#pool.give(block, 1 + 2 * capacity(last + 1));
    this.#heads.set(slot, smaller + 1);
  }
}

const none: readonly number[] = [];

/** How many edges the block of a slot with so many has room for: a power of two. */
const capacity = (degree: number): number => (degree <= 1 ? degree : 1 << (32 - Math.clz32(degree - 1)));
