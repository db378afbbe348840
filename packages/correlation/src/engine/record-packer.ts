import type { KeyDraft } from '../evidence/evidence-kind.ts';
import type { Traits } from '../profile.ts';
import type { InternTable } from './intern-table.ts';
import type { KeyIndex } from './key-index.ts';
import { writeReceived } from './received-time.ts';
import { field, headerLength, writeTime } from './signal-record.ts';

const radix = 2 ** 28;

/** Packs signals into integers, values and words by number: over arrays that are made once and grow as they must. */
export class RecordPacker {
  readonly #keys: KeyIndex;
  readonly #strings: InternTable;
  #record = new Int32Array(1_024);
  /** Numbers of the values: first as they were found, -1 where the ruleset does not weigh them. */
  #found = new Int32Array(256);
  #sorted = new Int32Array(256);
  /** A value's place and the number of one that follows from it, packed. */
  #implied = new Float64Array(256);

  constructor(keys: KeyIndex, strings: InternTable) {
    this.#keys = keys;
    this.#strings = strings;
  }

  /** The record of a signal; to be copied before the next one. */
  pack(traits: Traits, drafts: readonly KeyDraft[]): Int32Array {
    const keyCount = this.#number(drafts);
    const impliedCount = this.#imply(drafts, keyCount);
    const { countries, sectors, actors, derivedFrom, sketch } = traits;
    const listed = countries.length + sectors.length + actors.length + derivedFrom.length + sketch.hashes.length;
    const length = headerLength + 2 * keyCount + 1 + impliedCount + listed;
    if (this.#record.length < length) this.#record = new Int32Array(2 * length);
    this.#writeHeader(traits, keyCount, impliedCount);
    let at = this.#writeKeys(keyCount, impliedCount);
    for (const texts of [countries, sectors, actors, derivedFrom]) at = this.#writeTexts(texts, at);
    const record = this.#record;
    for (let each = 0; each < sketch.hashes.length; each++) record[at + each] = sketch.hashes[each] ?? 0;
    return record.subarray(0, length);
  }

  /** Numbers the values and puts them in order, each once; gives how many there are. */
  #number(drafts: readonly KeyDraft[]): number {
    if (this.#found.length < drafts.length) {
      this.#found = new Int32Array(2 * drafts.length);
      this.#sorted = new Int32Array(2 * drafts.length);
    }
    let count = 0;
    for (let at = 0; at < drafts.length; at++) {
      const draft = drafts[at];
      const kind = draft === undefined ? undefined : this.#keys.kindNumber(draft.kind);
      const number = draft === undefined || kind === undefined ? -1 : this.#keys.numberOfKind(kind, draft.value);
      this.#found[at] = number;
      if (number >= 0) this.#sorted[count++] = number;
    }
    this.#sorted.subarray(0, count).sort();
    return distinct(this.#sorted, count);
  }

  /** Lists which values follow from which, by the place of the more exact one; gives how many such pairs there are. */
  #imply(drafts: readonly KeyDraft[], keyCount: number): number {
    let count = 0;
    for (let at = 0; at < drafts.length; at++) {
      const implies = drafts[at]?.implies;
      const number = this.#found[at] ?? -1;
      if (implies === undefined || number < 0) continue;
      const place = this.#placeOf(number, keyCount);
      if (this.#implied.length < count + implies.length) this.#implied = grown(this.#implied, count + implies.length);
      for (const { kind, value } of implies) {
        const general = this.#keys.find(kind, value) ?? -1;
        if (general >= 0 && this.#placeOf(general, keyCount) >= 0) this.#implied[count++] = place * radix + general;
      }
    }
    if (count > 1) this.#implied.subarray(0, count).sort();
    return distinct(this.#implied, count);
  }

  /** Where a value stands among the sorted ones; -1 when it is not there. */
  #placeOf(number: number, keyCount: number): number {
    const sorted = this.#sorted;
    let low = 0;
    let high = keyCount;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    return low < keyCount && sorted[low] === number ? low : -1;
  }

  #writeHeader(traits: Traits, keyCount: number, impliedCount: number): void {
    const [record, strings] = [this.#record, this.#strings];
    const { language, externalId } = traits;
    record[field.keys] = keyCount;
    record[field.implied] = impliedCount;
    record[field.countries] = traits.countries.length;
    record[field.sectors] = traits.sectors.length;
    record[field.actors] = traits.actors.length;
    record[field.derivedFrom] = traits.derivedFrom.length;
    record[field.sketch] = traits.sketch.hashes.length;
    record[field.sketchCount] = traits.sketch.count;
    record[field.wordCount] = traits.wordCount;
    record[field.prose] = traits.prose ? 1 : 0;
    record[field.language] = language === null ? -1 : strings.numberOf(language);
    writeTime(traits.startMs, record, field.start);
    writeTime(traits.endMs, record, field.end);
    record[field.source] = strings.numberOf(traits.source);
    record[field.externalId] = externalId === undefined ? -1 : strings.numberOf(externalId);
    writeReceived(traits.firstReceivedAt, record, field.received, strings);
  }

  /** The values, then where the ones that follow from each begin, then these; gives where the next list begins. */
  #writeKeys(keyCount: number, impliedCount: number): number {
    const record = this.#record;
    const starts = headerLength + keyCount;
    const implied = starts + keyCount + 1;
    record.set(this.#sorted.subarray(0, keyCount), headerLength);
    let written = 0;
    for (let place = 0; place < keyCount; place++) {
      record[starts + place] = written;
      for (; written < impliedCount; written++) {
        const pair = this.#implied[written] ?? 0;
        if (pair >= (place + 1) * radix) break;
        record[implied + written] = pair - place * radix;
      }
    }
    record[starts + keyCount] = written;
    return implied + impliedCount;
  }

  #writeTexts(texts: readonly string[], from: number): number {
    for (let at = 0; at < texts.length; at++) this.#record[from + at] = this.#strings.numberOf(texts[at] ?? '');
    return from + texts.length;
  }
}

/** Leaves each of the first so many sorted numbers once, at the front; gives how many are left. */
function distinct(numbers: Int32Array | Float64Array, count: number): number {
  let kept = 0;
  for (let at = 0; at < count; at++) if (at === 0 || numbers[at] !== numbers[kept - 1]) numbers[kept++] = numbers[at] ?? 0;
  return kept;
}

function grown(array: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * length);
  larger.set(array);
  return larger;
}
