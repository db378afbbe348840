import { observedSpan } from '@samenhang/domain';
import { aSignal } from '@samenhang/testing';
import { describe, expect, it } from 'vitest';
import type { LabelledRecord } from './labelled.ts';
import { dense, unseeded } from './variants.ts';

const dayMs = 86_400_000;
const record = (truth: string, observedAt: string, values: readonly string[] = [], seeded: readonly string[] = []): LabelledRecord => ({
  set: 'test',
  truth,
  seeded,
  signal: aSignal({ observedAt, observables: values.map((value) => ({ type: 'domain', value })) }),
});
const days = (records: readonly LabelledRecord[]): readonly number[] =>
  records.map(({ signal }) => observedSpan(signal.observedAt).startMs / dayMs);

describe('dense', () => {
  const records = [record('a', '2001-05-01'), record('a', '2001-06-01'), record('b', '2019-01-01'), record('', '2024-01-01')];

  it('is the same for the same seed and another for another', () => {
    expect(days(dense(records, 1))).toEqual(days(dense(records, 1)));
    expect(days(dense(records, 1))).not.toEqual(days(dense(records, 2)));
  });

  it('starts every campaign within 180 days and keeps its gaps to within the blur', () => {
    const [first = 0, second = 0, ...others] = days(dense(records, 3));

    expect(Math.abs(second - first - 31)).toBeLessThanOrEqual(14);
    for (const start of [first, ...others]) expect(start - Date.UTC(2024, 0, 1) / dayMs).toBeLessThan(188);
  });
});

describe('unseeded', () => {
  it('takes out the values that were put in, and no other', () => {
    const [changed] = unseeded([record('a', '2020-01-01', ['own.example', 'put-in.example'], ['put-in.example'])]);

    expect(changed?.signal.observables).toEqual([{ type: 'domain', value: 'own.example' }]);
  });
});
