import { anEnrichment } from '@samenhang/testing';
import { expect, test } from 'vitest';
import { sharedValueKinds } from './evidence-kinds.ts';

test('a date in the text is no value that two signals share', () => {
  const enrichment = anEnrichment({ mentions: [{ kind: 'date', value: '2024-05-03', start: 0, end: 10 }] });
  const keys = Object.values(sharedValueKinds).flatMap((kind) => kind.keysOf({ observables: [], enrichment, startMs: 0, endMs: 0 }));

  expect(keys).toEqual([]);
});
