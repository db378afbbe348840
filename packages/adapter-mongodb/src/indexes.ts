import { type IncidentSort, incidentSorts } from '@samenhang/ports';
import type { Db } from 'mongodb';
import { sortFields } from './documents.ts';

export interface IndexPlan {
  readonly collection: string;
  readonly key: Readonly<Record<string, 1 | -1>>;
  /** The query that needs it. Everything else asks for exact `_id`s. */
  readonly serves: string;
}

const sorted = (sort: IncidentSort): IndexPlan => ({
  collection: 'incidents',
  key: { audience: 1, 'state.open': 1, [sortFields[sort]]: -1, _id: 1 },
  serves: `listIncidents sorted by ${sort}`,
});

/** Every index, each with the query that needs it. */
export const indexes: readonly IndexPlan[] = [
  { collection: 'memberships', key: { audience: 1, 'held.incident': 1, _id: 1 }, serves: 'members and links of incidents' },
  { collection: 'lookups', key: { audience: 1, 'found.observables': 1, _id: 1 }, serves: 'findByObservable' },
  { collection: 'lookups', key: { audience: 1, 'found.terms': 1, _id: 1 }, serves: 'listIncidents with terms' },
  ...incidentSorts.map(sorted),
  { collection: 'lineage', key: { incident: 1, position: 1 }, serves: 'findIncident' },
];

/** Makes every index exist. Idempotent. */
export async function ensureIndexes(db: Db): Promise<void> {
  for (const { collection, key } of indexes) await db.collection(collection).createIndex({ ...key });
}
