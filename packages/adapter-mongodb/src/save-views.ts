import type { ViewWrite } from '@samenhang/ports';
import type { AnyBulkWriteOperation, Collection, Document } from 'mongodb';
import type { Collections } from './collections.ts';
import { observableKey, type PlannedSignal, planWrites, progressKey, type WritePlan } from './plan-writes.ts';

/** Writes every planned change in one message per collection; the order within a collection does not matter, as each `_id` is there once. */
async function bulk<T extends Document>(collection: Collection<T>, operations: readonly AnyBulkWriteOperation<T>[]): Promise<void> {
  if (operations.length > 0) await collection.bulkWrite([...operations], { ordered: false });
}

/** The writes that go beyond what was applied before; one that does not is a repetition and has no effect. */
async function newWrites(collections: Collections, writes: readonly ViewWrite[]): Promise<readonly ViewWrite[]> {
  const keyOf = ({ audience, progress }: ViewWrite): string => progressKey(audience, progress.topic, progress.partition);
  const keys = [...new Set(writes.map(keyOf))];
  const stored = await collections.progress.find({ _id: { $in: keys } }).toArray();
  const reached = new Map(stored.map(({ _id, next }) => [_id, next]));
  return writes.filter((write) => {
    const key = keyOf(write);
    if (write.progress.nextOffset <= (reached.get(key) ?? 0)) return false;
    reached.set(key, write.progress.nextOffset);
    return true;
  });
}

/**
 * The planned signals that are newer than what a collection holds of them: an equal position never overwrites. Each collection is asked for itself, as a writer that
 * died may have written the one and not the other. `$max` guards against a writer that is late.
 */
function newerSignals(
  { signals }: WritePlan,
  stored: ReadonlyMap<string, number>,
): readonly (readonly [key: string, signal: PlannedSignal])[] {
  return [...signals].filter(([key, { view }]) => view.position > (stored.get(key) ?? -1));
}

async function saveBodies({ bodies }: Collections, plan: WritePlan): Promise<void> {
  if (plan.signals.size === 0) return;
  const stored = await bodies.find({ _id: { $in: [...plan.signals.keys()] } }, { projection: { 'view.position': 1 } }).toArray();
  await bulk(
    bodies,
    newerSignals(plan, new Map(stored.map(({ _id, view }) => [_id, view.position]))).map(([_id, { view }]) => {
      const { terms: _terms, ...told } = view;
      return {
        updateOne: { filter: { _id }, update: { $max: { view: { position: view.position, json: JSON.stringify(told) } } }, upsert: true },
      };
    }),
  );
}

async function saveLookups({ lookups }: Collections, plan: WritePlan): Promise<void> {
  if (plan.signals.size === 0) return;
  const stored = await lookups.find({ _id: { $in: [...plan.signals.keys()] } }, { projection: { 'found.position': 1 } }).toArray();
  await bulk(
    lookups,
    newerSignals(plan, new Map(stored.map(({ _id, found }) => [_id, found.position]))).map(([_id, { audience, view }]) => {
      const { position, observables, terms } = view;
      const found = { position, observables: [...new Set(observables.map(observableKey))], terms: [...new Set(terms)] };
      return { updateOne: { filter: { _id }, update: { $max: { found }, $setOnInsert: { audience } }, upsert: true } };
    }),
  );
}

async function saveLineage(collections: Collections, plan: WritePlan): Promise<void> {
  await bulk(
    collections.lineage,
    [...plan.lineage].map(([_id, { incident, entry }]) => ({
      updateOne: {
        filter: { _id },
        update: { $setOnInsert: { incident, position: entry.position, json: JSON.stringify(entry) } },
        upsert: true,
      },
    })),
  );
}

async function saveIncidents(collections: Collections, plan: WritePlan): Promise<void> {
  await bulk(
    collections.incidents,
    [...plan.incidents].map(([_id, { audience, state, changed }]) => ({
      updateOne: { filter: { _id }, update: { $max: { state, changed }, $setOnInsert: { audience } }, upsert: true },
    })),
  );
}

async function saveMemberships(collections: Collections, plan: WritePlan): Promise<void> {
  await bulk(
    collections.memberships,
    [...plan.memberships].map(([_id, { audience, position, membership }]) => {
      const held = { position, incident: membership.incidentId, correlatedAt: membership.correlatedAt };
      return { updateOne: { filter: { _id }, update: { $max: { held }, $setOnInsert: { audience } }, upsert: true } };
    }),
  );
}

async function saveHolders(collections: Collections, plan: WritePlan): Promise<void> {
  await bulk(
    collections.holders,
    [...plan.holders].map(([_id, incidents]) => ({
      updateOne: { filter: { _id }, update: { $addToSet: { incidents: { $each: [...incidents] } } }, upsert: true },
    })),
  );
}

async function saveNeighbours(collections: Collections, plan: WritePlan): Promise<void> {
  await bulk(
    collections.neighbours,
    [...plan.neighbours].map(([_id, near]) => ({
      updateOne: { filter: { _id }, update: { $addToSet: { near: { $each: [...near] } } }, upsert: true },
    })),
  );
}

async function saveLinks(collections: Collections, plan: WritePlan): Promise<void> {
  await bulk(
    collections.links,
    [...plan.links].map(([_id, { position, link }]) => ({
      updateOne: { filter: { _id }, update: { $max: { state: { position, json: JSON.stringify(link) } } }, upsert: true },
    })),
  );
}

/** Applies the writes; the progress comes last, so that a writer that dies between is repeated and not believed. Late or repeated writes have no effect. */
export async function saveViews(collections: Collections, writes: readonly ViewWrite[]): Promise<void> {
  const fresh = await newWrites(collections, writes);
  if (fresh.length === 0) return;
  const plan = planWrites(fresh);
  await Promise.all([
    saveBodies(collections, plan),
    saveLookups(collections, plan),
    saveMemberships(collections, plan),
    saveHolders(collections, plan),
    saveNeighbours(collections, plan),
    saveLinks(collections, plan),
    saveLineage(collections, plan),
  ]);
  // An incident is shown only when its members, links and lineage can be.
  await saveIncidents(collections, plan);
  await bulk(
    collections.progress,
    [...plan.progress].map(([_id, next]) => ({ updateOne: { filter: { _id }, update: { $max: { next } }, upsert: true } })),
  );
}
