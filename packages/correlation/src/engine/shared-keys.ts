import type { SharedKey } from '../evidence/evidence-kind.ts';
import { compareKeys } from '../profile.ts';
import type { KeyIndex } from './key-index.ts';
import { field, headerLength } from './signal-record.ts';
import type { SignalTable } from './signal-table.ts';

/** What two live signals share, ascending by kind and value, as rare as it is now. */
export function sharedKeysOf(a: number, b: number, signals: SignalTable, keys: KeyIndex): readonly SharedKey[] {
  const [x, y] = [signals.keys(a), signals.keys(b)];
  const both: number[] = [];
  const covered = new Set<number>();
  for (let i = 0, j = 0; i < x.length && j < y.length; ) {
    const [left, right] = [x[i] ?? 0, y[j] ?? 0];
    if (left === right) {
      both.push(left);
      for (const general of impliedBy(signals.array(a), signals.offset(a), i)) covered.add(general);
    }
    if (left <= right) i++;
    if (right <= left) j++;
  }
  const shared = both.map((key) => ({
    ...keys.keyOf(key),
    eighths: keys.eighths(key),
    stories: 2 ** keys.level(key),
    covered: covered.has(key),
  }));
  return shared.sort(compareKeys);
}

/** The values that follow from the one at a place among those of a record. */
function impliedBy(array: Int32Array, offset: number, place: number): Int32Array {
  const count = array[offset + field.keys] ?? 0;
  const starts = offset + headerLength + count;
  const implied = starts + count + 1;
  return array.subarray(implied + (array[starts + place] ?? 0), implied + (array[starts + place + 1] ?? 0));
}
