import type { IncidentSummary } from '@samenhang/domain';
import type { IncidentQuery } from '@samenhang/ports';
import type { Filter } from 'mongodb';
import type { Collections } from './collections.ts';
import { type IncidentDocument, idIn, within } from './documents.ts';
import { readMemberships } from './read-signals.ts';

/** The incidents of which a present member has this term. */
async function incidentsWithTerm(collections: Collections, audience: string, term: string): Promise<ReadonlySet<string>> {
  const documents = await collections.lookups.find({ audience, 'found.terms': term }, { projection: { _id: 1 } }).toArray();
  const ids = documents.map(({ _id }) => idIn(audience, _id));
  const memberships = await readMemberships(collections, audience, ids);
  return new Set([...memberships.values()].flatMap(({ incidentId }) => incidentId ?? []));
}

async function incidentsWithTerms(collections: Collections, { audience, terms }: IncidentQuery): Promise<readonly string[]> {
  const sets = await Promise.all(terms.map((term) => incidentsWithTerm(collections, audience, term)));
  const [first, ...others] = sets.sort((a, b) => a.size - b.size);
  return [...(first ?? [])].filter((id) => others.every((set) => set.has(id))).map((id) => within(audience, id));
}

/** The filter of a list: one indexed range, read in its order (keyset paging; nothing is skipped or counted). */
async function filterOf(collections: Collections, query: IncidentQuery): Promise<Filter<IncidentDocument>> {
  const conditions: Filter<IncidentDocument>[] = [{ audience: query.audience, 'state.open': true, 'state.size': { $gte: query.minSize } }];
  if (query.status !== undefined) conditions.push({ 'state.status': query.status });
  if (query.from !== undefined) conditions.push({ 'state.lastSeen': { $gte: query.from } });
  if (query.to !== undefined) conditions.push({ 'state.firstSeen': { $lte: query.to } });
  if (query.terms.length > 0) conditions.push({ _id: { $in: [...(await incidentsWithTerms(collections, query))] } });
  if (query.after !== undefined) {
    const { key, id } = query.after;
    const field = `state.${query.sort}`;
    conditions.push({ $or: [{ [field]: { $lt: key } }, { [field]: key, _id: { $gt: within(query.audience, id) } }] });
  }
  return { $and: conditions };
}

/** One page of incidents by the query's key descending, then id ascending. */
export async function listIncidents(collections: Collections, query: IncidentQuery): Promise<readonly IncidentSummary[]> {
  const documents = await collections.incidents
    .find(await filterOf(collections, query), { projection: { 'state.json': 1 } })
    .sort({ [`state.${query.sort}`]: -1, _id: 1 })
    .limit(query.limit)
    .toArray();
  return documents.map(({ state }) => JSON.parse(state.json));
}
