import { isEcho } from '../echo.ts';
import type { Ruleset } from '../ruleset.ts';
import type { SignalTable } from './signal-table.ts';

interface Bucket {
  smallest: number;
  readonly members: number[];
}

/** Pairs of echoes that came or went while one input was taken in. */
export interface EchoChange {
  readonly a: number;
  readonly b: number;
  readonly echo: boolean;
}

/** Finds echoes: in every bucket each member is compared with the one of smallest id, so that n copies cost n comparisons. */
export class EchoIndex {
  readonly #signals: SignalTable;
  readonly #ruleset: Ruleset;
  readonly #buckets = new Map<string, Bucket>();
  /** For each slot its echoes, with the number of buckets that say so. */
  readonly #echoes: (Map<number, number> | undefined)[] = [];
  #before = new Map<string, readonly [a: number, b: number, echo: boolean]>();

  constructor(signals: SignalTable, ruleset: Ruleset) {
    this.#signals = signals;
    this.#ruleset = ruleset;
  }

  echoesOf(slot: number): Iterable<number> {
    return this.#echoes[slot]?.keys() ?? [];
  }

  areEchoes(a: number, b: number): boolean {
    return this.#echoes[a]?.has(b) ?? false;
  }

  add(slot: number): void {
    for (const key of this.#signals.live(slot)?.profile.storyKeys ?? []) {
      const bucket = this.#buckets.get(key);
      if (bucket === undefined) this.#buckets.set(key, { smallest: slot, members: [slot] });
      else {
        if (this.#signals.compareIds(slot, bucket.smallest) < 0) this.#replaceSmallest(bucket, slot);
        else this.#compare(slot, bucket.smallest);
        bucket.members.push(slot);
      }
    }
  }

  /** To be called while the signal is still in the table. */
  remove(slot: number): void {
    for (const key of this.#signals.live(slot)?.profile.storyKeys ?? []) {
      const bucket = this.#buckets.get(key);
      if (bucket === undefined) continue;
      const last = bucket.members.pop();
      if (last !== undefined && last !== slot) bucket.members[bucket.members.indexOf(slot)] = last;
      if (bucket.members.length === 0) this.#buckets.delete(key);
      else if (bucket.smallest === slot)
        this.#replaceSmallest(
          bucket,
          bucket.members.reduce((a, b) => (this.#signals.compareIds(a, b) < 0 ? a : b)),
        );
      else this.#count(slot, bucket.smallest, -1);
    }
  }

  /** What changed since it was last asked. */
  takeChanges(): readonly EchoChange[] {
    const changes: EchoChange[] = [];
    for (const [a, b, was] of this.#before.values()) {
      const echo = this.areEchoes(a, b);
      if (echo !== was) changes.push({ a, b, echo });
    }
    this.#before = new Map();
    return changes;
  }

  #replaceSmallest(bucket: Bucket, slot: number): void {
    const before = bucket.smallest;
    for (const member of bucket.members) {
      if (member !== before) this.#count(member, before, -1);
      if (member !== slot) this.#compare(member, slot);
    }
    bucket.smallest = slot;
  }

  #compare(a: number, b: number): void {
    if (this.areEchoes(a, b)) {
      this.#count(a, b, 1);
      return;
    }
    const [x, y] = [this.#signals.live(a), this.#signals.live(b)];
    if (x !== undefined && y !== undefined && isEcho(x.profile, y.profile, this.#ruleset)) this.#count(a, b, 1);
  }

  #count(a: number, b: number, change: number): void {
    const count = this.#echoes[a]?.get(b) ?? 0;
    if (count + change < 0) return;
    this.#remember(a, b);
    this.#set(a, b, count + change);
    this.#set(b, a, count + change);
  }

  #set(a: number, b: number, count: number): void {
    const echoes = this.#echoes[a] ?? new Map<number, number>();
    if (count === 0) echoes.delete(b);
    else echoes.set(b, count);
    this.#echoes[a] = echoes.size === 0 ? undefined : echoes;
  }

  #remember(a: number, b: number): void {
    const name = a < b ? `${a} ${b}` : `${b} ${a}`;
    if (!this.#before.has(name)) this.#before.set(name, [a, b, this.areEchoes(a, b)]);
  }
}
