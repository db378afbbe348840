import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Slug } from '@samenhang/domain';
import type { ViewStore, ViewWrite } from '@samenhang/ports';
import { describeError, ServiceError } from '@samenhang/runtime';
import { type AudienceViews, openAudienceViews } from './audience-views.ts';

export interface EmbeddedViewStoreSettings {
  /** The data directory; the views of an audience are `views/<audience>.db` in it. */
  readonly directory: string;
  /** Makes a file descriptor durable; `fdatasync` unless a test has it fail. */
  readonly synchronise?: (descriptor: number) => Promise<void>;
}

/** The query store in SQLite files, one per audience: no query of one audience can touch what another one holds. A save is durable when it resolves. */
export async function openEmbeddedViewStore(settings: EmbeddedViewStoreSettings): Promise<ViewStore> {
  const directory = resolve(settings.directory, 'views');
  const audiences = new Map<string, AudienceViews>();
  let closed = false;
  try {
    mkdirSync(directory, { recursive: true });
  } catch (cause) {
    throw new ServiceError('store-unavailable', `cannot use ${directory}: ${describeError(cause)}`, { cause });
  }

  function viewsOf(audience: string): AudienceViews {
    if (closed) throw new ServiceError('store-unavailable', 'the view store is closed');
    const open = audiences.get(audience);
    if (open !== undefined) return open;
    if (!Slug.safeParse(audience).success) throw new RangeError(`not an audience: ${JSON.stringify(audience)}`);
    const { synchronise } = settings;
    const views = openAudienceViews({ file: join(directory, `${audience}.db`), ...(synchronise === undefined ? {} : { synchronise }) });
    audiences.set(audience, views);
    return views;
  }

  return {
    async save(writes) {
      const byAudience = Map.groupBy(writes, ({ audience }: ViewWrite) => audience);
      await Promise.all([...byAudience].map(([audience, own]) => viewsOf(audience).save(own)));
    },
    progress: async (audience, topic, partition) => viewsOf(audience).reader.progress(topic, partition),
    findSignal: async (audience, id) => viewsOf(audience).reader.findSignals([id])[0],
    findSignals: async (audience, ids) => viewsOf(audience).reader.findSignals(ids),
    findByObservable: async (audience, observable, limit) => viewsOf(audience).reader.findByObservable(observable, limit),
    findIncident: async (audience, id) => viewsOf(audience).reader.findIncident(id),
    members: async (audience, incidentId) => viewsOf(audience).reader.members(incidentId),
    holders: async (audience, signalId) => viewsOf(audience).reader.holders(signalId),
    scoreSource: async (audience, source) => viewsOf(audience).reader.scoreSource(source),
    links: async (audience, incidentId) => viewsOf(audience).reader.links(incidentId),
    listIncidents: async (query) => viewsOf(query.audience).reader.listIncidents(query),
    countFacets: async (condition) => viewsOf(condition.audience).reader.countFacets(condition),
    async check() {
      if (closed || !existsSync(directory))
        throw new ServiceError('store-unavailable', closed ? 'the view store is closed' : `${directory} is gone`);
      for (const views of audiences.values()) await views.check();
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      for (const views of audiences.values()) await views[Symbol.asyncDispose]();
    },
  };
}
