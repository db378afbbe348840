import type { SignalView, ViewWrite } from '@samenhang/ports';
import { expect, it } from 'vitest';
import { observableKey, planWrites } from './plan-writes.ts';

const write = (nextOffset: number, more: Partial<ViewWrite>): ViewWrite => ({
  audience: 'a',
  progress: { topic: 't', partition: 0, nextOffset },
  ...more,
});
const view = (position: number, revision: number): SignalView => ({
  id: 's',
  position,
  revision,
  signal: null,
  enrichment: null,
  observables: [],
  terms: [],
  enrichedAt: '',
  queryableAt: '',
});

it('keeps the newest of a signal, whatever order the writes come in, and the first of equal positions', () => {
  const plan = planWrites([write(1, { signals: [view(5, 1)] }), write(2, { signals: [view(3, 2), view(5, 3)] })]);

  expect([...plan.signals.values()].map(({ view: kept }) => kept.revision)).toEqual([1]);
});

it('lets a link of a write win over its removal in the same write, and a later removal over both', () => {
  const link = { a: 'x', b: 'y', kind: 'link', bits: 1, evidence: [] } as const;

  expect(planWrites([write(1, { links: [link], unlinked: [['x', 'y']] })]).links.get('a|x|y')?.link).toEqual(link);
  expect(planWrites([write(1, { links: [link] }), write(2, { unlinked: [['x', 'y']] })]).links.get('a|x|y')).toEqual({
    position: 2,
    link: null,
  });
});

it('knows from either end of a link where it is', () => {
  const plan = planWrites([write(1, { links: [{ a: 'x', b: 'y', kind: 'possible', bits: 1, evidence: [] }] })]);

  expect([...plan.neighbours].map(([key, near]) => [key, ...near])).toEqual([
    ['a|x', 'y'],
    ['a|y', 'x'],
  ]);
});

it('gives observables of equal type and value equal keys, and no other', () => {
  expect(observableKey({ type: 'domain', value: 'x' })).toBe(observableKey({ type: 'domain', value: 'x' }));
  expect(observableKey({ type: 'domain', value: 'x' })).not.toBe(observableKey({ type: 'domainx', value: '' }));
});
