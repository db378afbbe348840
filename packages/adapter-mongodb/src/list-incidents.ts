import {
  type FacetCount,
  facetKinds,
  type IncidentCondition,
  type IncidentQuery,
  type ListedIncident,
  severityRank,
} from '@samenhang/ports';
import type { Filter } from 'mongodb';
import type { Collections } from './collections.ts';
import { type IncidentDocument, idIn, sortFields, within } from './documents.ts';
import { readMemberships } from './read-signals.ts';

/** The incidents of which a present member has this term. */
async function incidentsWithTerm(collections: Collections, audience: string, term: string): Promise<ReadonlySet<string>> {
  const documents = await collections.lookups.find({ audience, 'found.terms': term }, { projection: { _id: 1 } }).toArray();
  const ids = documents.map(({ _id }) => idIn(audience, _id));
  const memberships = await readMemberships(collections, audience, ids);
  return new Set([...memberships.values()].flatMap(({ incidentId }) => incidentId ?? []));
}

async function incidentsWithTerms(collections: Collections, { audience, terms }: IncidentCondition): Promise<readonly string[]> {
  const sets = await Promise.all(terms.map((term) => incidentsWithTerm(collections, audience, term)));
  const [first, ...others] = sets.sort((a, b) => a.size - b.size);
  return [...(first ?? [])].filter((id) => others.every((set) => set.has(id))).map((id) => within(audience, id));
}

/** What the incidents must be like that a condition finds. */
async function conditionsOf(collections: Collections, condition: IncidentCondition): Promise<readonly Filter<IncidentDocument>[]> {
  const { audience, minSize, status, severity, tlp, from, to, changedSince, terms } = condition;
  const conditions: Filter<IncidentDocument>[] = [{ audience, 'state.open': true, 'state.size': { $gte: minSize } }];
  if (status !== undefined) conditions.push({ 'state.status': status });
  if (severity !== undefined) conditions.push({ 'state.severity': severityRank(severity) });
  if (tlp !== undefined) conditions.push({ 'state.tlp': tlp });
  if (from !== undefined) conditions.push({ 'state.lastSeen': { $gte: from } });
  if (to !== undefined) conditions.push({ 'state.firstSeen': { $lte: to } });
  if (changedSince !== undefined) conditions.push({ changed: { $gte: changedSince } });
  if (terms.length > 0) conditions.push({ _id: { $in: [...(await incidentsWithTerms(collections, condition))] } });
  return conditions;
}

/** What follows a place of the order (keyset paging; nothing is skipped or counted). */
function afterPlace({ audience, sort, after }: IncidentQuery): readonly Filter<IncidentDocument>[] {
  if (after === undefined) return [];
  const field = sortFields[sort];
  return [{ $or: [{ [field]: { $lt: after.key } }, { [field]: after.key, _id: { $gt: within(audience, after.id) } }] }];
}

/** One page of incidents by the query's key descending, then id ascending. */
export async function listIncidents(collections: Collections, query: IncidentQuery): Promise<readonly ListedIncident[]> {
  const conditions = [...(await conditionsOf(collections, query)), ...afterPlace(query)];
  const documents = await collections.incidents
    .find({ $and: conditions }, { projection: { 'state.json': 1, changed: 1 } })
    .sort({ [sortFields[query.sort]]: -1, _id: 1 })
    .limit(query.limit)
    .toArray();
  return documents.map(({ state, changed }) => ({ ...JSON.parse(state.json), changed }));
}

/** How many of the incidents that a condition finds have each value; the server counts. */
export async function countFacets(collections: Collections, condition: IncidentCondition): Promise<readonly FacetCount[]> {
  const $match = { $and: [...(await conditionsOf(collections, condition))] };
  const stages = [{ $match }, { $unwind: '$state.facets' }, { $group: { _id: '$state.facets', count: { $sum: 1 } } }];
  const counted = await collections.incidents.aggregate<{ readonly _id: string; readonly count: number }>(stages).toArray();
  return counted.flatMap(({ _id, count }) => {
    const colon = _id.indexOf(':');
    const kind = facetKinds.find((each) => each === _id.slice(0, colon));
    return kind === undefined ? [] : [{ kind, value: _id.slice(colon + 1), count }];
  });
}
