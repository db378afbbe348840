import { anEnrichment, aSignal } from '@samenhang/testing';
import { expect, test } from 'vitest';
import { observablesOf, typedObservables } from './typed-observables.ts';

test('what a warning list calls too common ties no signal to another, posted or found', () => {
  const [posted, found, other] = [
    { type: 'domain', value: 'Common.org' },
    { type: 'ipv4', value: '185.0.1.2' },
    { type: 'ipv4', value: '185.0.1.3' },
  ];
  const signal = aSignal({ observables: [posted, other] });

  expect(observablesOf(signal, anEnrichment({ observables: [found] }))).toEqual([posted, other, found]);
  expect(observablesOf(signal, anEnrichment({ observables: [found], common: [posted, found] }))).toEqual([other]);
});

test('a posted telephone number is the one that a text names, however it was written', () => {
  const keysOf = (value: string) =>
    typedObservables.keysOf({ observables: [{ type: 'phone', value }], enrichment: anEnrichment(), startMs: 0, endMs: 0 });

  expect(keysOf('+31 (0)20 123 4567')).toEqual(keysOf('+31201234567'));
  expect(keysOf('0031 20 123 4567')).toEqual(keysOf('+31201234567'));
});
