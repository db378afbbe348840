import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedEventLog, openEmbeddedViewStore } from '@samenhang/adapter-embedded';
import { defaultRuleset } from '@samenhang/correlation';
import type { IncidentSummary, Link, Signal } from '@samenhang/domain';
import { type CorrelationInputMessage, type IncidentChanged, topicSettings, topics } from '@samenhang/events';
import {
  createHttpApp,
  createKeyRing,
  createLogger,
  createMetrics,
  createReadiness,
  defaultAudiences,
  type HttpApp,
  Limits,
  type Role,
} from '@samenhang/runtime';
import { anEnrichment, anIncidentSummary } from '@samenhang/testing';
import type { LightMyRequestResponse } from 'fastify';
import { registerPartnerRoutes } from './register-partner-routes.ts';

/** A query service for partners over logs and a store of its own; the audience of partition i is the i-th of the default ones. */
export interface PartnerWorld extends AsyncDisposable {
  readonly app: HttpApp;
  /** Has an audience receive signals, all of them in one incident. */
  tell(
    signals: readonly Signal[],
    given?: { readonly audience?: string; readonly summary?: Partial<IncidentSummary>; readonly links?: readonly Link[] },
  ): Promise<void>;
  withdraw(id: string, revision: number, audience?: string): Promise<void>;
  ask(
    url: string,
    given?: { readonly role?: Role; readonly method?: 'GET' | 'POST' | 'DELETE'; readonly headers?: Record<string, string> },
  ): Promise<LightMyRequestResponse>;
  /** A key of a partner for these audiences. */
  keyFor(audiences: readonly string[], name?: string): string;
}

export async function openPartnerWorld(): Promise<PartnerWorld> {
  const directory = mkdtempSync(join(tmpdir(), 'partners-'));
  const store = await openEmbeddedViewStore({ directory, synchronise: async () => undefined });
  const log = await openEmbeddedEventLog({ directory });
  await log.ensureTopics(topicSettings(defaultAudiences.length));
  const keys = createKeyRing([], () => 0);
  const keyOf = new Map(
    (['partner', 'lead', 'operator', 'adapter', 'analyst'] as const).map((role) => [
      role,
      keys.create({ name: role, role, audiences: role === 'operator' ? [] : 'all', sources: [] }).key,
    ]),
  );
  const app = await createHttpApp({
    name: 'query',
    logger: createLogger('test', 'silent'),
    keys,
    audiences: defaultAudiences,
    readiness: createReadiness(),
    metrics: createMetrics(),
    limits: Limits.parse({}),
  });
  registerPartnerRoutes(app, {
    store,
    openScratch: async () =>
      openEmbeddedViewStore({ directory: mkdtempSync(join(directory, 'scratch-')), synchronise: async () => undefined }),
    log,
    audiences: defaultAudiences,
    rulesetOf: () => defaultRuleset,
    pages: new Map(),
    now: () => Date.UTC(2026, 5, 1),
    pipeline: async () => ({ settled: true, stages: [] }),
  });
  const append = async (audience: string, messages: readonly CorrelationInputMessage[], change: Omit<IncidentChanged, 'batch'>) => {
    const partition = defaultAudiences.findIndex(({ id }) => id === audience);
    const placed = await log.append(
      topics.correlationInputs.name,
      messages.map((value) => ({ key: 'k', value, partition })),
    );
    const [from, through] = [placed[0]?.offset ?? 0, (placed.at(-1)?.offset ?? 0) + 1];
    await log.append(topics.incidentsChanged.name, [{ key: change.id, value: { ...change, batch: { from, through } }, partition }]);
  };
  let [saved, positions] = [0, 0];
  return {
    app,
    keyFor: (audiences, name = 'partner') => keys.create({ name, role: 'partner', audiences: [...audiences], sources: [] }).key,
    async tell(signals, { audience = 'fusion-cell', summary: given = {}, links = [] } = {}) {
      const [anchor] = signals;
      if (anchor === undefined) throw new RangeError('nothing to tell');
      const summary = anIncidentSummary({ id: anchor.id, size: signals.length, marking: { tlp: 'amber' }, ...given });
      const joined = signals.map(({ id }) => id);
      const messages = signals.map((signal): CorrelationInputMessage => ({ kind: 'signal', audience, signal, enrichment: anEnrichment() }));
      await append(audience, messages, {
        audience,
        id: anchor.id,
        rulesetVersion: 'r',
        summary,
        joined,
        left: [],
        lineage: [],
        links,
        unlinked: [],
      });
      await store.save([
        {
          audience,
          progress: { topic: 'test', partition: 0, nextOffset: ++saved },
          signals: signals.map((signal) => ({
            id: signal.id,
            position: ++positions,
            revision: signal.revision,
            signal,
            enrichment: anEnrichment(),
            observables: signal.observables,
            terms: [],
            enrichedAt: '2026-03-30T12:00:00.500Z',
            queryableAt: '2026-03-30T12:00:00.900Z',
          })),
          incidents: [{ id: anchor.id, summary, lineage: [] }],
          memberships: joined.map((signalId) => ({ signalId, incidentId: anchor.id, correlatedAt: '2026-03-30T12:00:01.000Z' })),
          links,
        },
      ]);
    },
    withdraw: (id, revision, audience = 'fusion-cell') =>
      append(audience, [{ kind: 'withdrawal', audience, id, revision }], {
        audience,
        id,
        rulesetVersion: 'r',
        summary: null,
        joined: [],
        left: [id],
        lineage: [],
        links: [],
        unlinked: [],
      }),
    ask: (url, { role = 'partner', method = 'GET', headers = {} } = {}) =>
      app.inject({
        url,
        method,
        headers: { authorization: `Bearer ${keyOf.get(role)}`, accept: 'application/taxii+json;version=2.1', ...headers },
      }),
    async [Symbol.asyncDispose]() {
      await app.close();
      await log[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
