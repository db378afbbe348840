import { isEcho } from '../echo.ts';
import type { Ruleset } from '../ruleset.ts';
import { NumberTable } from './number-table.ts';
import type { SignalTable } from './signal-table.ts';
import { SlotLists } from './slot-lists.ts';

/** A pair of echoes that came or went while one input was taken in. */
export interface EchoChange {
  readonly a: number;
  readonly b: number;
  readonly echo: boolean;
}

const emptied = -(2 ** 31);

/** Finds echoes: in every bucket each member is compared with the one observed before it, so that n copies cost n comparisons and the end of a story may lie far from its beginning. */
export class EchoIndex {
  readonly #signals: SignalTable;
  readonly #ruleset: Ruleset;
  /** By story key: slot + 1 of the only member, or minus (bucket number + 1), or `emptied`. */
  readonly #buckets = new NumberTable();
  readonly #members = new SlotLists();
  #bucketCount = 0;
  /** For each slot its echoes, with the number of buckets that say so. */
  readonly #echoes = new Map<number, Map<number, number>>();
  #before = new Map<string, EchoChange>();
  /** Signals that the one at hand was compared with and does not repeat. */
  readonly #strangers = new Set<number>();

  constructor(signals: SignalTable, ruleset: Ruleset) {
    this.#signals = signals;
    this.#ruleset = ruleset;
  }

  echoesOf(slot: number): Iterable<number> {
    return this.#echoes.get(slot)?.keys() ?? [];
  }

  echoCount(slot: number): number {
    return this.#echoes.get(slot)?.size ?? 0;
  }

  areEchoes(a: number, b: number): boolean {
    return this.#echoes.get(a)?.has(b) ?? false;
  }

  /** Puts a live signal into its buckets. */
  add(slot: number, storyKeys: readonly number[]): void {
    this.#strangers.clear();
    for (const key of storyKeys) {
      const found = this.#buckets.get(key | 0);
      if (found === 0 || found === emptied) this.#buckets.set(key | 0, slot + 1);
      else this.#join(slot, found > 0 ? this.#open(key | 0, found - 1) : -found - 1);
    }
  }

  /** To be called while the signal is still in the table. */
  remove(slot: number): void {
    for (const key of this.#signals.storyKeys(slot)) {
      const found = this.#buckets.get(key | 0);
      if (found >= 0) this.#buckets.set(key | 0, emptied);
      else this.#part(slot, -found - 1);
    }
  }

  /** What changed since it was last asked. */
  takeChanges(): readonly EchoChange[] {
    if (this.#before.size === 0) return [];
    const changes = [...this.#before.values()].flatMap(({ a, b, echo }) => (this.areEchoes(a, b) === echo ? [] : [{ a, b, echo: !echo }]));
    this.#before = new Map();
    return changes;
  }

  get bytes(): number {
    return this.#buckets.bytes + this.#members.bytes;
  }

  #open(key: number, only: number): number {
    const bucket = this.#bucketCount++;
    this.#members.add(bucket, only);
    this.#buckets.set(key, -bucket - 1);
    return bucket;
  }

  #join(slot: number, bucket: number): void {
    const place = this.#placeOf(slot, bucket);
    const next = place < this.#members.count(bucket) ? this.#members.at(bucket, place) : undefined;
    if (place > 0) {
      const before = this.#members.at(bucket, place - 1);
      if (next !== undefined) this.#count(before, next, -1);
      this.#compare(slot, before);
    }
    if (next !== undefined) this.#compare(slot, next);
    this.#members.add(bucket, slot, place);
  }

  #part(slot: number, bucket: number): void {
    const place = this.#placeOf(slot, bucket);
    this.#members.drop(bucket, slot);
    const next = place < this.#members.count(bucket) ? this.#members.at(bucket, place) : undefined;
    if (next !== undefined) this.#count(slot, next, -1);
    if (place === 0) return;
    const before = this.#members.at(bucket, place - 1);
    this.#count(slot, before, -1);
    if (next !== undefined && this.#repeat(before, next)) this.#count(before, next, 1);
  }

  /** How many members of a bucket were observed before a signal. */
  #placeOf(slot: number, bucket: number): number {
    let low = 0;
    let high = this.#members.count(bucket);
    if (high > 0 && this.#signals.observedBefore(this.#members.at(bucket, high - 1), slot)) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#signals.observedBefore(this.#members.at(bucket, middle), slot)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #compare(slot: number, other: number): void {
    if (this.#strangers.has(other)) return;
    if (this.#repeat(slot, other)) this.#count(slot, other, 1);
    else this.#strangers.add(other);
  }

  #repeat(a: number, b: number): boolean {
    return this.areEchoes(a, b) || isEcho(this.#signals.echoSide(a), this.#signals.echoSide(b), this.#ruleset);
  }

  #count(a: number, b: number, change: number): void {
    const count = (this.#echoes.get(a)?.get(b) ?? 0) + change;
    if (count < 0) return;
    const name = a < b ? `${a} ${b}` : `${b} ${a}`;
    if (!this.#before.has(name)) this.#before.set(name, { a, b, echo: this.areEchoes(a, b) });
    this.#set(a, b, count);
    this.#set(b, a, count);
  }

  #set(a: number, b: number, count: number): void {
    const echoes = this.#echoes.get(a) ?? new Map<number, number>();
    if (count === 0) echoes.delete(b);
    else echoes.set(b, count);
    if (echoes.size === 0) this.#echoes.delete(a);
    else this.#echoes.set(a, echoes);
  }
}
