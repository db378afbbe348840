import { type EchoSide, storyKeysOf } from '../echo.ts';
import type { KeyDraft } from '../evidence/evidence-kind.ts';
import type { Standing } from '../live-input.ts';
import type { ComparedTraits, Profile, Traits } from '../profile.ts';
import type { Ruleset } from '../ruleset.ts';
import { BlockPool } from './block-pool.ts';
import { IdOrder } from './id-order.ts';
import { Int32Column } from './int32-column.ts';
import { InternTable } from './intern-table.ts';
import type { KeyIndex } from './key-index.ts';
import { compareReceived } from './received-time.ts';
import { RecordPacker } from './record-packer.ts';
import { field, headerLength, timeAt, unpackCompared, unpackEchoSide, unpackRecord } from './signal-record.ts';

const standingLength = 6;
/** So many ids are kept as texts, by the end of their slot's number; a power of two. */
const recentIds = 4_096;
const word = 2 ** 31;

/** Every signal ever heard of by slot number; a slot is never given away again. Profiles of live ones are packed. */
export class SignalTable {
  readonly #ruleset: Ruleset;
  readonly #keys: KeyIndex;
  readonly #ids = new InternTable();
  readonly #strings = new InternTable();
  /** Block number + 1 of a live signal's record; 0 when it is not live. */
  readonly #blocks = new Int32Column();
  readonly #records = new BlockPool();
  readonly #standings = new Int32Column();
  readonly #order = new IdOrder();
  readonly #recentSlots = new Int32Array(recentIds);
  readonly #recent: string[] = [];
  readonly #packer: RecordPacker;

  constructor(ruleset: Ruleset, keys: KeyIndex) {
    this.#ruleset = ruleset;
    this.#keys = keys;
    this.#packer = new RecordPacker(keys, this.#strings);
  }

  get size(): number {
    return this.#ids.size;
  }

  find(id: string): number | undefined {
    return this.#ids.find(id);
  }

  slotOf(id: string): number {
    const slot = this.#ids.numberOf(id);
    if (slot >= this.#order.size) this.#order.add(slot, id);
    return slot;
  }

  id(slot: number): string {
    const at = slot & (recentIds - 1);
    if (this.#recentSlots[at] === slot + 1) return this.#recent[at] ?? '';
    const id = this.#ids.text(slot);
    this.#recentSlots[at] = slot + 1;
    this.#recent[at] = id;
    return id;
  }

  /** Orders slots by the id of their signal. */
  compareIds(a: number, b: number): number {
    if (a === b) return 0;
    const order = this.#order.compare(a, b);
    if (order !== 0) return order;
    return this.id(a) < this.id(b) ? -1 : 1;
  }

  /** True when live signal a was received before live signal b, or at the same time with a smaller id. */
  precedes(a: number, b: number): boolean {
    const order = compareReceived(
      this.array(a),
      this.offset(a) + field.received,
      this.array(b),
      this.offset(b) + field.received,
      this.#strings,
    );
    return order === 0 ? this.compareIds(a, b) < 0 : order < 0;
  }

  /** True when live signal a was observed before live signal b, or from the same instant on with a smaller id. */
  observedBefore(a: number, b: number): boolean {
    const [x, y] = [this.#startMs(a), this.#startMs(b)];
    return x === y ? this.compareIds(a, b) < 0 : x < y;
  }

  standing(slot: number): Standing | undefined {
    const at = slot * standingLength;
    const revision = this.#standings.get(at);
    if (revision === 0) return undefined;
    return {
      revision,
      withdrawn: this.#standings.get(at + 1) === 1,
      contentHash: this.#strings.text(this.#standings.get(at + 2)),
      enrichmentVersion: this.#strings.text(this.#standings.get(at + 3)),
      position: this.#standings.get(at + 4) * word + this.#standings.get(at + 5),
    };
  }

  setStanding(slot: number, { revision, withdrawn, contentHash, enrichmentVersion, position }: Standing): void {
    const high = Math.floor(position / word);
    const values = [
      revision,
      withdrawn ? 1 : 0,
      this.#strings.numberOf(contentHash),
      this.#strings.numberOf(enrichmentVersion),
      high,
      position - high * word,
    ];
    for (const [at, value] of values.entries()) this.#standings.set(slot * standingLength + at, value);
  }

  isLive(slot: number): boolean {
    return this.#blocks.get(slot) !== 0;
  }

  enter(slot: number, traits: Traits, drafts: readonly KeyDraft[]): void {
    const record = this.#packer.pack(traits, drafts);
    const block = this.#records.take(record.length);
    this.#records.array(block).set(record, this.#records.offset(block));
    this.#blocks.set(slot, block + 1);
  }

  leave(slot: number): void {
    const keys = this.array(slot)[this.offset(slot) + field.keys] ?? 0;
    const implied = this.array(slot)[this.offset(slot) + field.implied] ?? 0;
    let length = headerLength + 2 * keys + 1 + implied;
    for (let list = field.countries; list <= field.sketch; list++) length += this.array(slot)[this.offset(slot) + list] ?? 0;
    this.#records.give(this.#blocks.get(slot) - 1, length);
    this.#blocks.set(slot, 0);
  }

  /** The array in which the record of a live signal stands. */
  array(slot: number): Int32Array {
    return this.#records.array(this.#blocks.get(slot) - 1);
  }

  /** Where the record of a live signal begins in its array. */
  offset(slot: number): number {
    return this.#records.offset(this.#blocks.get(slot) - 1);
  }

  /** The values of a live signal by number, ascending. */
  keys(slot: number): Int32Array {
    const array = this.array(slot);
    const offset = this.offset(slot);
    return array.subarray(offset + headerLength, offset + headerLength + (array[offset + field.keys] ?? 0));
  }

  holds(slot: number, key: number): boolean {
    if (!this.isLive(slot)) return false;
    const array = this.array(slot);
    let low = this.offset(slot) + headerLength;
    const end = low + (array[low - headerLength + field.keys] ?? 0);
    let high = end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((array[middle] ?? 0) < key) low = middle + 1;
      else high = middle;
    }
    return low < end && array[low] === key;
  }

  echoSide(slot: number): EchoSide {
    return unpackEchoSide(() => this.id(slot), this.array(slot), this.offset(slot), this.#strings);
  }

  /** The buckets in which a live signal looks for its story. */
  storyKeys(slot: number): readonly number[] {
    return storyKeysOf(this.echoSide(slot), this.#ruleset);
  }

  source(slot: number): string {
    return this.#strings.text(this.array(slot)[this.offset(slot) + field.source] ?? 0);
  }

  /** The profile of a live signal. */
  profile(slot: number): Profile {
    const unpacked = unpackRecord(this.id(slot), this.array(slot), this.offset(slot), this.#keys, this.#strings);
    return { ...unpacked, storyKeys: storyKeysOf(unpacked, this.#ruleset) };
  }

  /** The traits of a live signal that scoring looks at. */
  comparedTraits(slot: number): ComparedTraits {
    return unpackCompared(this.array(slot), this.offset(slot), this.#strings);
  }

  get bytes(): number {
    return this.#ids.bytes + this.#strings.bytes + this.#blocks.bytes + this.#records.bytes + this.#standings.bytes + this.#order.bytes;
  }

  #startMs(slot: number): number {
    return timeAt(this.array(slot), this.offset(slot) + field.start);
  }
}
