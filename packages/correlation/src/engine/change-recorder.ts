import type { LineageEntry } from '@samenhang/domain';
import { pairNumber } from './pair-set.ts';

interface TouchedPair {
  readonly a: number;
  readonly b: number;
  readonly wasListed: boolean;
}

/** What was there before the first change of one `apply`, so that what changed in all can be told at its end. */
export class ChangeRecorder {
  readonly #isListed: (a: number, b: number) => boolean;
  #pairs = new Map<number, TouchedPair>();
  #incidents = new Map<number, readonly number[]>();
  #lineage = new Map<number, LineageEntry[]>();

  constructor(isListed: (a: number, b: number) => boolean) {
    this.#isListed = isListed;
  }

  /** To be called before the pair, its judgement or its being in one incident changes. */
  touchPair(a: number, b: number): void {
    const name = pairNumber(a, b);
    if (!this.#pairs.has(name)) this.#pairs.set(name, { a, b, wasListed: this.#isListed(a, b) });
  }

  /** To be called with the members of an incident before they change; the array must not be changed afterwards. */
  touchIncident(anchor: number, membersBefore: readonly number[]): void {
    if (!this.#incidents.has(anchor)) this.#incidents.set(anchor, membersBefore);
  }

  addLineage(anchor: number, entry: LineageEntry): void {
    const entries = this.#lineage.get(anchor);
    if (entries === undefined) this.#lineage.set(anchor, [entry]);
    else entries.push(entry);
  }

  /** Everything recorded since it was last taken. */
  take(): {
    readonly pairs: Iterable<TouchedPair>;
    readonly incidents: ReadonlyMap<number, readonly number[]>;
    readonly lineage: ReadonlyMap<number, readonly LineageEntry[]>;
  } {
    const taken = { pairs: this.#pairs.values(), incidents: this.#incidents, lineage: this.#lineage };
    this.#pairs = new Map();
    this.#incidents = new Map();
    this.#lineage = new Map();
    return taken;
  }
}
