import { type IncidentChanged, topics } from '@samenhang/events';
import type { ViewStore } from '@samenhang/ports';
import { anIncidentSummary } from '@samenhang/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMaterializeIncidentsStep } from './materialize-incidents-step.ts';
import { anyDelivery, type Delivery, deliver, recordsOf, withStore } from './redelivery.fixture.ts';

const ids = Array.from({ length: 8 }, (_, at) => `00000000-0000-5000-8000-00000000000${at}`);
const anyId = fc.constantFrom(...ids);

const anyPair = fc.tuple(anyId, anyId).filter(([a, b]) => a < b);
const anyLink = fc
  .record({ pair: anyPair, bits: fc.integer({ min: -3, max: 9 }) })
  .map(({ pair: [a, b], bits }) => ({ a, b, kind: 'link' as const, bits, evidence: [{ kind: 'domain', bits, says: 'so' }] }));
const anyChange: fc.Arbitrary<IncidentChanged> = fc
  .record({
    id: anyId,
    size: fc.integer({ min: 0, max: 4 }),
    joined: fc.uniqueArray(anyId, { maxLength: 3 }),
    left: fc.uniqueArray(anyId, { maxLength: 1 }),
    position: fc.integer({ min: 0, max: 9 }),
    links: fc.array(anyLink, { maxLength: 2 }),
    unlinked: fc.array(anyPair, { maxLength: 2 }),
  })
  .map(({ id, size, joined, position, ...rest }) => ({
    audience: 'cell',
    id,
    batch: { from: 0, through: 1 },
    rulesetVersion: 'r',
    summary: size === 0 ? null : anIncidentSummary({ id, size }),
    lineage: [{ cause: 'joined' as const, signals: joined, incidents: [], position }],
    joined,
    ...rest,
  }));

async function pictureOf(store: ViewStore) {
  const of = async (id: string) => ({
    incident: await store.findIncident('cell', id),
    members: await store.members('cell', id),
    links: await store.links('cell', id),
  });
  const query = { audience: 'cell', minSize: 1, sort: 'size' as const, limit: 100, terms: [] };
  return { each: await Promise.all(ids.map(of)), list: await store.listIncidents(query) };
}

const materialized = (changes: readonly IncidentChanged[], delivery: Delivery) =>
  withStore(async (store) => {
    await deliver(createMaterializeIncidentsStep(store), recordsOf(topics.incidentsChanged.name, changes), delivery);
    return pictureOf(store);
  });

describe('materializing incidents', () => {
  test('law: whatever the batches and the lost commits, the store is the same in the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyChange, { minLength: 1, maxLength: 20 }), anyDelivery, async (changes, delivery) => {
        expect(await materialized(changes, delivery)).toEqual(await materialized(changes, [{ size: 100, lost: false }]));
      }),
      { numRuns: 15 },
    );
  }, 60_000);
});
