import { anEnrichment, aSignal } from '@samenhang/testing';
import { expect, test } from 'vitest';
import { observablesOf } from './typed-observables.ts';

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
