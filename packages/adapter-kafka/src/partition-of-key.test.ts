import { expect, it } from 'vitest';
import { partitionOfKey } from './partition-of-key.ts';

it('gives equal keys equal partitions, spread over all of them', () => {
  const partitions = Array.from({ length: 200 }, (_none, at) => partitionOfKey('t', `key-${at}`, 4));

  expect(new Set(partitions)).toEqual(new Set([0, 1, 2, 3]));
  expect(Array.from({ length: 200 }, (_none, at) => partitionOfKey('t', `key-${at}`, 4))).toEqual(partitions);
});

it('agrees with the Java client on a known key (murmur2)', () => {
  // toPositive(murmur2("21".getBytes())) = -973932308 & 0x7fffffff, from the tests of Apache Kafka's Utils.
  expect(partitionOfKey('t', '21', 1_000)).toBe((-973932308 & 0x7fffffff) % 1_000);
});
