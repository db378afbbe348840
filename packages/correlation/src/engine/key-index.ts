import { levelOfCount } from '../pair-facts.ts';
import type { EvidenceKey } from '../profile.ts';
import type { Ruleset } from '../ruleset.ts';

/** The level of every value that weighs nothing because too many stories hold it. */
export const hubLevel = 99;

/** How one value's holders changed while one input was taken in. */
export interface HolderChange {
  readonly countBefore: number;
  readonly added: Set<number>;
  readonly dropped: Set<number>;
}

/** Values by number, each with the signals that stand for it: one per story, so that their count is the number of stories. */
export class KeyIndex {
  readonly #ruleset: Ruleset;
  readonly #numbers = new Map<string, number>();
  readonly #kinds: string[] = [];
  readonly #holders: number[][] = [];
  #changes = new Map<number, HolderChange>();

  constructor(ruleset: Ruleset) {
    this.#ruleset = ruleset;
  }

  /** The number of a value, a new one when it was never seen. */
  numberOf({ kind, value }: EvidenceKey): number {
    const name = `${kind}\u0000${value}`;
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#kinds.length);
    this.#kinds.push(kind);
    this.#holders.push([]);
    return this.#kinds.length - 1;
  }

  holders(key: number): readonly number[] {
    return this.#holders[key] ?? [];
  }

  add(key: number, slot: number): void {
    const change = this.#changeOf(key);
    if (!change.dropped.delete(slot)) change.added.add(slot);
    this.#holders[key]?.push(slot);
  }

  drop(key: number, slot: number): void {
    const change = this.#changeOf(key);
    if (!change.added.delete(slot)) change.dropped.add(slot);
    const holders = this.#holders[key] ?? [];
    const last = holders.pop();
    if (last !== undefined && last !== slot) holders[holders.indexOf(slot)] = last;
  }

  /** What changed since it was last asked. */
  takeChanges(): ReadonlyMap<number, HolderChange> {
    const changes = this.#changes;
    this.#changes = new Map();
    return changes;
  }

  /** The level a score sees when so many stories hold the value. */
  levelAt(key: number, count: number): number {
    const level = levelOfCount(count);
    return level > levelOfCount(this.#ruleset.shared[this.#kinds[key] ?? '']?.weighs ?? 0) ? hubLevel : level;
  }

  level(key: number): number {
    return this.levelAt(key, this.holders(key).length);
  }

  /** True when the value makes its holders pairs to look at, if so many stories hold it. */
  nominatesAt(key: number, count: number): boolean {
    return count <= (this.#ruleset.shared[this.#kinds[key] ?? '']?.nominates ?? 0);
  }

  nominates(key: number): boolean {
    return this.nominatesAt(key, this.holders(key).length);
  }

  #changeOf(key: number): HolderChange {
    const known = this.#changes.get(key);
    if (known !== undefined) return known;
    const change = { countBefore: this.holders(key).length, added: new Set<number>(), dropped: new Set<number>() };
    this.#changes.set(key, change);
    return change;
  }
}
