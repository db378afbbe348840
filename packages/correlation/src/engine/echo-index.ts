import { isEcho } from '../echo.ts';
import type { Ruleset } from '../ruleset.ts';
import { Int32Column } from './int32-column.ts';
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

/** Finds echoes: in every bucket each member is compared with the one of smallest id, so that n copies cost n comparisons. */
export class EchoIndex {
  readonly #signals: SignalTable;
  readonly #ruleset: Ruleset;
  /** By story key: slot + 1 of the only member, or minus (bucket number + 1), or `emptied`. */
  readonly #buckets = new NumberTable();
  readonly #members = new SlotLists();
  readonly #smallest = new Int32Column();
  #bucketCount = 0;
  /** For each slot its echoes, with the number of buckets that say so. */
  readonly #echoes = new Map<number, Map<number, number>>();
  #before = new Map<string, EchoChange>();

  constructor(signals: SignalTable, ruleset: Ruleset) {
    this.#signals = signals;
    this.#ruleset = ruleset;
  }

  echoesOf(slot: number): Iterable<number> {
    return this.#echoes.get(slot)?.keys() ?? [];
  }

  areEchoes(a: number, b: number): boolean {
    return this.#echoes.get(a)?.has(b) ?? false;
  }

  /** Puts a live signal into its buckets. */
  add(slot: number, storyKeys: readonly number[]): void {
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
    return this.#buckets.bytes + this.#members.bytes + this.#smallest.bytes;
  }

  #open(key: number, only: number): number {
    const bucket = this.#bucketCount++;
    this.#members.add(bucket, only);
    this.#smallest.set(bucket, only);
    this.#buckets.set(key, -bucket - 1);
    return bucket;
  }

  #join(slot: number, bucket: number): void {
    const smallest = this.#smallest.get(bucket);
    if (this.#members.count(bucket) === 0) this.#smallest.set(bucket, slot);
    else if (this.#signals.compareIds(slot, smallest) < 0) this.#replaceSmallest(bucket, slot);
    else this.#compare(slot, smallest);
    this.#members.add(bucket, slot);
  }

  #part(slot: number, bucket: number): void {
    this.#members.drop(bucket, slot);
    if (this.#members.count(bucket) === 0) return;
    if (this.#smallest.get(bucket) === slot) this.#replaceSmallest(bucket, this.#findSmallest(bucket));
    else this.#count(slot, this.#smallest.get(bucket), -1);
  }

  #findSmallest(bucket: number): number {
    let smallest = this.#members.at(bucket, 0);
    for (let place = 1; place < this.#members.count(bucket); place++) {
      const member = this.#members.at(bucket, place);
      if (this.#signals.compareIds(member, smallest) < 0) smallest = member;
    }
    return smallest;
  }

  #replaceSmallest(bucket: number, slot: number): void {
    const before = this.#smallest.get(bucket);
    for (let place = 0; place < this.#members.count(bucket); place++) {
      const member = this.#members.at(bucket, place);
      if (member !== before) this.#count(member, before, -1);
      if (member !== slot) this.#compare(member, slot);
    }
    this.#smallest.set(bucket, slot);
  }

  #compare(a: number, b: number): void {
    if (this.areEchoes(a, b) || isEcho(this.#signals.echoSide(a), this.#signals.echoSide(b), this.#ruleset)) this.#count(a, b, 1);
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
