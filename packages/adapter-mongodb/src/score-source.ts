import { factTerm } from '@samenhang/domain';
import type { SourceScore } from '@samenhang/ports';
import type { Collections } from './collections.ts';
import { idIn, within } from './documents.ts';
import { inParts, readMemberships } from './read-signals.ts';

/** What became of the signals of a source, counted from the terms that signals are found by. */
export async function scoreSource(collections: Collections, audience: string, source: string): Promise<SourceScore> {
  const found = { audience, 'found.terms': factTerm('source', source) };
  const documents = await collections.lookups.find(found, { projection: { _id: 1 } }).toArray();
  const ids = documents.map(({ _id }) => idIn(audience, _id)).sort();
  const memberships = [...(await readMemberships(collections, audience, ids)).values()];
  const incidents = memberships.flatMap(({ incidentId }) => (incidentId === null ? [] : [within(audience, incidentId)]));
  const states = await inParts([...new Set(incidents)], (part) =>
    collections.incidents.find({ _id: { $in: part } }, { projection: { 'state.size': 1, 'state.sources': 1 } }).toArray(),
  );
  const byId = new Map(states.map(({ _id, state }) => [_id, state]));
  return {
    signals: ids.length,
    inIncidents: incidents.filter((id) => (byId.get(id)?.size ?? 0) >= 2).length,
    corroborated: incidents.filter((id) => (byId.get(id)?.sources ?? 0) >= 2).length,
    retracted: await collections.lookups.countDocuments({ audience, 'found.terms': factTerm('retracted', source) }),
    first: ids[0] ?? null,
  };
}
