import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedEventLog, openEmbeddedViewStore } from '@samenhang/adapter-embedded';
import { defaultRuleset } from '@samenhang/correlation';
import { type Enrichment, type IncidentSummary, type Link, type Signal, termsOfSignal } from '@samenhang/domain';
import { rejectedTopic, topics } from '@samenhang/events';
import type { EventLog, Membership, ViewStore } from '@samenhang/ports';
import {
  createHttpApp,
  createKeyRing,
  createLogger,
  createMetrics,
  createReadiness,
  defaultAudiences,
  type HttpApp,
  Limits,
} from '@samenhang/runtime';
import { anEnrichment, anIncidentSummary } from '@samenhang/testing';
import type { LightMyRequestResponse } from 'fastify';
import { registerQueryRoutes } from './register-query-routes.ts';

/** A query service over an empty store and log of its own. */
export interface QueryWorld extends AsyncDisposable {
  readonly app: HttpApp;
  readonly log: EventLog;
  readonly store: ViewStore;
  /** Keeps an incident with its members and links, for an audience; its summary follows from the members unless it is given. */
  keep(incident: Kept, audience?: string): Promise<void>;
  /** Opens a stream for the analyst. */
  stream(url: string, headers: Record<string, string>): Promise<LightMyRequestResponse>;
  get(
    url: string,
    given?: { readonly role?: 'analyst' | 'operator'; readonly headers?: Record<string, string>; readonly method?: 'GET' | 'POST' },
  ): Promise<LightMyRequestResponse>;
}

interface Kept {
  readonly members: readonly Signal[];
  readonly links?: readonly Link[];
  readonly summary?: Partial<IncidentSummary>;
  /** What was found in each member beyond nothing. */
  readonly enrichment?: Partial<Enrichment>;
}

export async function openQueryWorld(): Promise<QueryWorld> {
  const directory = mkdtempSync(join(tmpdir(), 'query-'));
  const store = await openEmbeddedViewStore({ directory, synchronise: async () => undefined });
  const log = await openEmbeddedEventLog({ directory });
  const names = Object.values(topics).flatMap(({ name }) => [name, rejectedTopic(name)]);
  await log.ensureTopics(names.map((name) => ({ name, partitions: 1 })));
  const keys = createKeyRing([], () => 0);
  const made = {
    analyst: keys.create({ name: 'Ann', role: 'analyst', audiences: 'all', sources: [] }).key,
    operator: keys.create({ name: 'Otto', role: 'operator', audiences: [], sources: [] }).key,
  };
  const app = await createHttpApp({
    name: 'query',
    logger: createLogger('test', 'silent'),
    keys,
    audiences: defaultAudiences,
    readiness: createReadiness(),
    metrics: createMetrics(),
    limits: Limits.parse({}),
  });
  const pages = new Map([['/', { type: 'text/html', body: Buffer.from('<!doctype html>') }]]);
  registerQueryRoutes(app, {
    store,
    openScratch: async () =>
      openEmbeddedViewStore({ directory: mkdtempSync(join(directory, 'scratch-')), synchronise: async () => undefined }),
    log,
    audiences: defaultAudiences,
    rulesetOf: () => defaultRuleset,
    pages,
    now: () => 0,
    pipeline: async () => ({ settled: true, stages: [] }),
  });
  let saved = 0;
  return {
    app,
    log,
    store,
    async keep({ members, links = [], summary = {}, enrichment = {} }, audience = 'fusion-cell') {
      const incident = summaryOf(members, summary);
      const memberships: Membership[] = members.map(({ id }) => ({
        signalId: id,
        incidentId: incident.id,
        correlatedAt: '2026-03-30T12:00:01.000Z',
      }));
      const signals = members.map((signal) => ({
        id: signal.id,
        position: ++saved,
        revision: signal.revision,
        signal,
        enrichment: anEnrichment(enrichment),
        observables: signal.observables,
        terms: termsOfSignal(signal, signal),
        enrichedAt: '2026-03-30T12:00:00.500Z',
        queryableAt: '2026-03-30T12:00:00.900Z',
      }));
      const lineage = [{ cause: 'opened' as const, signals: [incident.id], incidents: [], position: saved }];
      await store.save([
        {
          audience,
          progress: { topic: 'test', partition: 0, nextOffset: saved },
          signals,
          incidents: [{ id: incident.id, summary: incident, lineage }],
          memberships,
          links,
        },
      ]);
    },
    stream: (url, headers) => app.inject({ url, headers: { authorization: `Bearer ${made.analyst}`, ...headers }, payloadAsStream: true }),
    get: (url, { role = 'analyst', headers = {}, method = 'GET' } = {}) =>
      app.inject({ url, method, headers: { authorization: `Bearer ${made[role]}`, ...headers } }),
    async [Symbol.asyncDispose]() {
      await app.close();
      await log[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function summaryOf(members: readonly Signal[], given: Partial<IncidentSummary>): IncidentSummary {
  const anchor = members[0];
  if (anchor === undefined) throw new RangeError('an incident has members');
  return anIncidentSummary({ id: anchor.id, title: anchor.title, size: members.length, ...given });
}
