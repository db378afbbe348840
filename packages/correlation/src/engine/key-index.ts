import { levelOfCount, rarityEighths } from '../pair-facts.ts';
import type { EvidenceKey } from '../profile.ts';
import type { Ruleset } from '../ruleset.ts';
import { Int32Column } from './int32-column.ts';
import { InternTable } from './intern-table.ts';
import { SlotLists } from './slot-lists.ts';

/** The level of every value that weighs nothing because too many stories hold it. */
export const hubLevel = 99;

/** How one value's holders changed while one input was taken in. */
export interface HolderChange {
  readonly key: number;
  readonly countBefore: number;
  readonly added: number[];
  readonly dropped: number[];
}

const eighthsShift = 8;
const nominatesBit = 1 << 16;

/** Values by number, each with the signals that stand for it: one per story, so that their count is the number of stories. */
export class KeyIndex {
  /** The kinds the ruleset weighs; a kind's number is its place. */
  readonly kinds: readonly string[];
  readonly #names = new InternTable();
  readonly #holders = new SlotLists();
  /** Kind, rarity in eighths and whether it nominates now, packed. */
  readonly #facts = new Int32Column();
  readonly #kindNumbers: ReadonlyMap<string, number>;
  readonly #nominates: readonly number[];
  readonly #weighs: readonly number[];
  #changes = new Map<number, HolderChange>();

  constructor({ shared }: Ruleset) {
    this.kinds = Object.keys(shared).sort();
    this.#kindNumbers = new Map(this.kinds.map((kind, number) => [kind, number]));
    this.#nominates = this.kinds.map((kind) => shared[kind]?.nominates ?? 0);
    this.#weighs = this.kinds.map((kind) => shared[kind]?.weighs ?? 0);
  }

  /** The number of a value, a new one when it was never seen. */
  numberOf(kind: string, value: string): number {
    return this.numberOfKind(this.kindNumber(kind) ?? 0, value);
  }

  /** The number of a kind; undefined when the ruleset does not weigh it. */
  kindNumber(kind: string): number | undefined {
    return this.#kindNumbers.get(kind);
  }

  /** The number of a value of a kind by its number, a new one when it was never seen. */
  numberOfKind(kind: number, value: string): number {
    const known = this.#names.size;
    const key = this.#names.numberOf(value, kind);
    if (key === known) this.#weigh(key, kind);
    return key;
  }

  /** The number of a value; undefined when it was never seen. */
  find(kind: string, value: string): number | undefined {
    const number = this.#kindNumbers.get(kind);
    return number === undefined ? undefined : this.#names.find(value, number);
  }

  kindOf(key: number): number {
    return this.#facts.get(key) & 0xff;
  }

  /** The value as it was numbered. */
  keyOf(key: number): Omit<EvidenceKey, 'implies'> {
    return { kind: this.kinds[this.kindOf(key)] ?? '', value: this.#names.text(key) };
  }

  /** How rare it is now, in eighths. */
  eighths(key: number): number {
    return (this.#facts.get(key) >> eighthsShift) & 0xff;
  }

  /** True when the value makes its holders pairs to look at. */
  nominates(key: number): boolean {
    return (this.#facts.get(key) & nominatesBit) !== 0;
  }

  count(key: number): number {
    return this.#holders.count(key);
  }

  /** A holder by its place below the count; the order is arbitrary. */
  holderAt(key: number, place: number): number {
    return this.#holders.at(key, place);
  }

  /** Adds a signal that was not there at all before: recorded as a change only when more than the signal itself may look different for it. */
  introduce(key: number, slot: number): void {
    const facts = this.#facts.get(key);
    if (this.#changes.has(key)) this.#changeOf(key).added.push(slot);
    this.#holders.add(key, slot);
    this.#weigh(key, this.kindOf(key));
    if (this.#facts.get(key) === facts || this.count(key) === 1 || this.#changes.has(key)) return;
    this.#changes.set(key, { key, countBefore: this.count(key) - 1, added: [slot], dropped: [] });
  }

  add(key: number, slot: number): void {
    const change = this.#changeOf(key);
    if (!takeOut(change.dropped, slot)) change.added.push(slot);
    this.#holders.add(key, slot);
    this.#weigh(key, this.kindOf(key));
  }

  drop(key: number, slot: number): void {
    const change = this.#changeOf(key);
    if (!takeOut(change.added, slot)) change.dropped.push(slot);
    this.#holders.drop(key, slot);
    this.#weigh(key, this.kindOf(key));
  }

  /** What changed since it was last asked. */
  takeChanges(): Iterable<HolderChange> {
    const changes = this.#changes;
    this.#changes = new Map();
    return changes.values();
  }

  /** The level a score sees when so many stories hold the value. */
  levelAt(key: number, count: number): number {
    const level = levelOfCount(count);
    return level > levelOfCount(this.#weighs[this.kindOf(key)] ?? 0) ? hubLevel : level;
  }

  level(key: number): number {
    return this.levelAt(key, this.count(key));
  }

  nominatesAt(key: number, count: number): boolean {
    return count <= (this.#nominates[this.kindOf(key)] ?? 0);
  }

  get bytes(): number {
    return this.#names.bytes + this.#holders.bytes + this.#facts.bytes;
  }

  #weigh(key: number, kind: number): void {
    const count = this.count(key);
    const eighths = rarityEighths(levelOfCount(count), this.#weighs[kind] ?? 0);
    const nominates = count <= (this.#nominates[kind] ?? 0) ? nominatesBit : 0;
    this.#facts.set(key, kind | (eighths << eighthsShift) | nominates);
  }

  #changeOf(key: number): HolderChange {
    const known = this.#changes.get(key);
    if (known !== undefined) return known;
    const change = { key, countBefore: this.count(key), added: [], dropped: [] };
    this.#changes.set(key, change);
    return change;
  }
}

function takeOut(slots: number[], slot: number): boolean {
  const place = slots.indexOf(slot);
  if (place === -1) return false;
  slots.splice(place, 1);
  return true;
}
