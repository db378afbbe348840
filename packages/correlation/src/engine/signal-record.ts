import type { EchoSide } from '../echo.ts';
import { type ComparedTraits, compareKeys, type EvidenceKey, type Profile } from '../profile.ts';
import type { InternTable } from './intern-table.ts';
import type { KeyIndex } from './key-index.ts';
import { receivedText } from './received-time.ts';

/** Where the fields of a record stand; lists follow the header in the order of their counts: keys, implied (preceded by where each key's begin), countries and so on. */
export const field = {
  keys: 0,
  implied: 1,
  countries: 2,
  sectors: 3,
  actors: 4,
  derivedFrom: 5,
  sketch: 6,
  sketchCount: 7,
  wordCount: 8,
  prose: 9,
  language: 10,
  start: 11,
  end: 13,
  source: 15,
  externalId: 16,
  received: 17,
} as const;
export const headerLength = 19;

const word = 2 ** 31;

/** Writes a time as two integers of a record. */
export function writeTime(ms: number, array: Int32Array, at: number): void {
  array[at] = Math.floor(ms / word);
  array[at + 1] = ms - Math.floor(ms / word) * word;
}

/** A time that takes two integers of a record. */
export const timeAt = (array: Int32Array, at: number): number => (array[at] ?? 0) * word + (array[at + 1] ?? 0);

/** Where the list after the implied keys begins that comes after so many others. */
export function listStart(array: Int32Array, offset: number, lists: number): number {
  let start = offset + headerLength + 2 * (array[offset + field.keys] ?? 0) + 1 + (array[offset + field.implied] ?? 0);
  for (let list = 0; list < lists; list++) start += array[offset + field.countries + list] ?? 0;
  return start;
}

function list(array: Int32Array, offset: number, place: number): Int32Array {
  const start = listStart(array, offset, place);
  return array.subarray(start, start + (array[offset + field.countries + place] ?? 0));
}

const texts = (numbers: Int32Array, strings: InternTable): readonly string[] =>
  numbers.length === 0 ? nothing : Array.from(numbers, (number) => strings.text(number));

/** The part of a profile that decides about echoes; texts are only looked up when they are asked for. */
export function unpackEchoSide(idOf: () => string, array: Int32Array, offset: number, strings: InternTable): EchoSide {
  const externalId = array[offset + field.externalId] ?? -1;
  return {
    get id() {
      return idOf();
    },
    get externalId() {
      return externalId < 0 ? undefined : strings.text(externalId);
    },
    derivedFrom: texts(list(array, offset, 3), strings),
    startMs: timeAt(array, offset + field.start),
    sketch: { count: array[offset + field.sketchCount] ?? 0, hashes: list(array, offset, 4) },
  };
}

const nothing: readonly string[] = [];

/** The traits of a packed signal that scoring looks at. */
export function unpackCompared(array: Int32Array, offset: number, strings: InternTable): ComparedTraits {
  const language = array[offset + field.language] ?? -1;
  return {
    startMs: timeAt(array, offset + field.start),
    endMs: timeAt(array, offset + field.end),
    language: language < 0 ? null : strings.text(language),
    countries: texts(list(array, offset, 0), strings),
    sectors: texts(list(array, offset, 1), strings),
    actors: texts(list(array, offset, 2), strings),
    wordCount: array[offset + field.wordCount] ?? 0,
    prose: array[offset + field.prose] === 1,
  };
}

/** The profile that was packed, without its story keys, which follow from the rest. */
export function unpackRecord(
  id: string,
  array: Int32Array,
  offset: number,
  keys: KeyIndex,
  strings: InternTable,
): Omit<Profile, 'storyKeys'> {
  const { externalId, derivedFrom, sketch } = unpackEchoSide(() => id, array, offset, strings);
  return {
    ...unpackCompared(array, offset, strings),
    keys: unpackKeys(array, offset, keys),
    id,
    externalId,
    derivedFrom,
    sketch: { count: sketch.count, hashes: Array.from(sketch.hashes) },
    firstReceivedAt: receivedText(array, offset + field.received, strings),
    source: strings.text(array[offset + field.source] ?? 0),
  };
}

function unpackKeys(array: Int32Array, offset: number, keys: KeyIndex): readonly EvidenceKey[] {
  const count = array[offset + field.keys] ?? 0;
  const start = offset + headerLength;
  const impliedStart = start + 2 * count + 1;
  const named = Array.from(array.subarray(start, start + count), (number, at) => ({ ...keys.keyOf(number), number, at }));
  named.sort(compareKeys);
  const places = new Map(named.map(({ number }, place) => [number, place]));
  return named.map(({ kind, value, at }) => {
    const from = array[start + count + at] ?? 0;
    const to = array[start + count + at + 1] ?? 0;
    const implied = Array.from(array.subarray(impliedStart + from, impliedStart + to), (number) => places.get(number) ?? -1);
    return { kind, value, implies: implied.sort((a, b) => a - b) };
  });
}
