import type { Link } from '@samenhang/domain';
import type { ViewStore } from '@samenhang/ports';
import { collectionsOf } from './collections.ts';
import { idIn, within } from './documents.ts';
import { gatheredLookup } from './gathered-lookup.ts';
import { ensureIndexes } from './indexes.ts';
import { countFacets, listIncidents } from './list-incidents.ts';
import { connectMongo, type MongoSettings } from './mongo-settings.ts';
import { onceDone } from './once-done.ts';
import { observableKey, progressKey } from './plan-writes.ts';
import { readLinks } from './read-links.ts';
import { readSignals } from './read-signals.ts';
import { saveViews } from './save-views.ts';
import { scoreSource } from './score-source.ts';

const splitKey = (key: string): readonly [audience: string, id: string] => {
  const at = key.indexOf('|');
  return [key.slice(0, at), key.slice(at + 1)];
};

/** The view store of a MongoDB database. It opens while the server is away; what is asked then is rejected as `store-unavailable`. */
export function openMongoViewStore(settings: MongoSettings): Promise<ViewStore> {
  const { db, ask, close } = connectMongo(settings);
  const collections = collectionsOf(db);
  const prepared = onceDone(() => ensureIndexes(db));

  /** Members of incidents, by `audience|incident`. */
  async function loadMembers(keys: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const members = new Map<string, readonly string[]>();
    for (const [audience, own] of Map.groupBy(keys, (key) => splitKey(key)[0])) {
      const incidents = own.map((key) => splitKey(key)[1]);
      const documents = await collections.memberships.find({ audience, 'held.incident': { $in: incidents } }).toArray();
      const byIncident = Map.groupBy(documents, ({ held }) => held.incident ?? '');
      for (const [incident, held] of byIncident) members.set(within(audience, incident), held.map(({ _id }) => idIn(audience, _id)).sort());
    }
    return members;
  }

  async function loadLinks(keys: readonly string[]): Promise<ReadonlyMap<string, readonly Link[]>> {
    const members = await loadMembers(keys);
    const links = new Map<string, readonly Link[]>();
    for (const [audience, own] of Map.groupBy(keys, (key) => splitKey(key)[0])) {
      const groups = new Map(own.map((key) => [key, members.get(key) ?? []]));
      for (const [key, found] of await readLinks(collections, audience, groups)) links.set(key, found);
    }
    return links;
  }

  const membersOf = gatheredLookup(loadMembers, []);
  const linksOf = gatheredLookup(loadLinks, []);
  const findSignals: ViewStore['findSignals'] = (audience, ids) => ask('read signals', () => readSignals(collections, audience, ids));

  return Promise.resolve({
    save: (writes) =>
      ask('save views', async () => {
        await prepared();
        await saveViews(collections, writes);
      }),
    progress: (audience, topic, partition) =>
      ask(
        'read the progress',
        async () => (await collections.progress.findOne({ _id: progressKey(audience, topic, partition) }))?.next ?? 0,
      ),
    findSignal: async (audience, id) => (await findSignals(audience, [id]))[0],
    findSignals,
    findByObservable: (audience, observable, limit) =>
      ask('find signals by an observable', async () => {
        const filter = { audience, 'found.observables': observableKey(observable) };
        const documents = await collections.lookups
          .find(filter, { projection: { _id: 1 } })
          .sort({ _id: 1 })
          .limit(limit)
          .toArray();
        return readSignals(
          collections,
          audience,
          documents.map(({ _id }) => idIn(audience, _id)),
        );
      }),
    findIncident: (audience, id) =>
      ask('read an incident', async () => {
        const incident = await collections.incidents.findOne({ _id: within(audience, id) });
        if (incident === null) return undefined;
        const entries = await collections.lineage
          .find({ incident: within(audience, id) })
          .sort({ position: 1, _id: 1 })
          .toArray();
        return { summary: JSON.parse(incident.state.json), lineage: entries.map(({ json }) => JSON.parse(json)) };
      }),
    members: (audience, incidentId) => ask('read members', () => membersOf(within(audience, incidentId))),
    links: (audience, incidentId) => ask('read links', () => linksOf(within(audience, incidentId))),
    holders: (audience, signalId) =>
      ask('read holders', async () => {
        const known = await collections.holders.findOne({ _id: within(audience, signalId) });
        return [...(known?.incidents ?? [])].sort();
      }),
    scoreSource: (audience, source) => ask('count signals', () => scoreSource(collections, audience, source)),
    listIncidents: (query) => ask('list incidents', () => listIncidents(collections, query)),
    countFacets: (condition) => ask('count incidents', () => countFacets(collections, condition)),
    check: () =>
      ask('answer', async () => {
        await db.command({ ping: 1 });
        await prepared();
      }),
    async [Symbol.asyncDispose]() {
      await close();
    },
  });
}
