import type { Standing } from '../live-input.ts';
import type { Profile } from '../profile.ts';
import type { KeyIndex } from './key-index.ts';

/** A signal that is in the picture, with its values by number. */
export interface LiveSignal {
  readonly profile: Profile;
  /** In the order of the profile's keys. */
  readonly keys: Int32Array;
  /** The same, ascending. */
  readonly ordered: Int32Array;
}

/** Every signal ever heard of by slot number; a slot is never given away again. */
export class SignalTable {
  readonly #slots = new Map<string, number>();
  readonly #ids: string[] = [];
  readonly #standings: (Standing | undefined)[] = [];
  readonly #live: (LiveSignal | undefined)[] = [];

  get size(): number {
    return this.#ids.length;
  }

  find(id: string): number | undefined {
    return this.#slots.get(id);
  }

  slotOf(id: string): number {
    const known = this.#slots.get(id);
    if (known !== undefined) return known;
    this.#slots.set(id, this.#ids.length);
    this.#ids.push(id);
    return this.#ids.length - 1;
  }

  id(slot: number): string {
    return this.#ids[slot] ?? '';
  }

  /** Orders slots by the id of their signal. */
  compareIds(a: number, b: number): number {
    if (a === b) return 0;
    return this.id(a) < this.id(b) ? -1 : 1;
  }

  /** True when a was received before b, or at the same time with a smaller id. */
  precedes(a: number, b: number): boolean {
    const [x, y] = [this.#live[a]?.profile.firstReceivedAt ?? '', this.#live[b]?.profile.firstReceivedAt ?? ''];
    return x === y ? this.compareIds(a, b) < 0 : x < y;
  }

  standing(slot: number): Standing | undefined {
    return this.#standings[slot];
  }

  setStanding(slot: number, standing: Standing): void {
    this.#standings[slot] = standing;
  }

  live(slot: number): LiveSignal | undefined {
    return this.#live[slot];
  }

  isLive(slot: number): boolean {
    return this.#live[slot] !== undefined;
  }

  enter(slot: number, profile: Profile, index: KeyIndex): LiveSignal {
    const keys = Int32Array.from(profile.keys, (key) => index.numberOf(key));
    const live = { profile, keys, ordered: keys.toSorted() };
    this.#live[slot] = live;
    return live;
  }

  leave(slot: number): void {
    this.#live[slot] = undefined;
  }
}

/** True when an ascending array holds a number. */
export function holds(ordered: Int32Array, wanted: number): boolean {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ordered[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return ordered[low] === wanted;
}
