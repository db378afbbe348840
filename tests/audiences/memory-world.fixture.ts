import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedIdentityIndex, openEmbeddedViewStore } from '@samenhang/adapter-embedded';
import { createCorrelateStep } from '@samenhang/correlate';
import { createCorrelator, defaultRuleset } from '@samenhang/correlation';
import type { Audience } from '@samenhang/domain';
import { createEnrichStep, createRouteJudgementsStep } from '@samenhang/enrich';
import { topics } from '@samenhang/events';
import { createReceiptClock, openAcceptor, registerJudgementRoutes } from '@samenhang/ingest';
import { createMaterializeIncidentsStep, createMaterializeSignalsStep } from '@samenhang/materialize';
import { registerQueryRoutes } from '@samenhang/query';
import {
  createHttpApp,
  createKeyRing,
  createLogger,
  createMetrics,
  createReadiness,
  type HttpApp,
  Limits,
  type Role,
} from '@samenhang/runtime';
import { z } from 'zod';
import type { Happened } from './any-happened.fixture.ts';
import { type Cuts, createMemoryLog, createTaker, type MemoryLog } from './memory-log.fixture.ts';

/** A whole service in memory: things happened in order, the log was cut into batches as told, and every question can be asked. */
export interface MemoryWorld extends AsyncDisposable {
  /** Every GET route of the OpenAPI document that shows content, streams aside. */
  readonly routes: readonly string[];
  /** Status, body, entity tag and what else the head of the answer to an audience tells of content. */
  ask(audience: string, url: string, role?: Asking): Promise<string>;
  /** The answer to a change that is asked for; of one that was made, only that it was. */
  change(audience: string, url: string, payload: object): Promise<string>;
  /** The status with which the answer to the same question is repeated when its entity tag is sent along; undefined when it has none. */
  again(audience: string, url: string): Promise<number | undefined>;
  /** What the stream tells an audience after an event, but for the last. */
  stream(audience: string, lastEventId: number): Promise<string>;
  /** What the log holds for an audience, byte for byte. */
  logged(audience: string): string;
}

type Asking = Extract<Role, 'analyst' | 'lead' | 'partner'>;

// All worlds know the same keys, so that who asked is the same in each.
const keys = createKeyRing([], () => 0);
const keyOf = (role: Asking): string => keys.create({ name: 'Ann', role, audiences: 'all', sources: [] }).key;
const given = { analyst: keyOf('analyst'), lead: keyOf('lead'), partner: keyOf('partner') };

export async function openMemoryWorld(happened: Happened, audiences: readonly Audience[], cuts: Cuts): Promise<MemoryWorld> {
  const directory = mkdtempSync(join(tmpdir(), 'world-'));
  const openViews = (at: string) => openEmbeddedViewStore({ directory: at, synchronise: async () => undefined });
  const store = await openViews(directory);
  const log = createMemoryLog();
  await receive(happened, { log, audiences, cuts, directory });
  for (const take of [
    createTaker(createCorrelateStep({ audiences, log, createCorrelator: () => createCorrelator(defaultRuleset) }), log, cuts),
    createTaker(createMaterializeSignalsStep({ store, now: () => 0 }), log, cuts),
    createTaker(createMaterializeIncidentsStep(store), log, cuts),
  ])
    await take();
  const app = await createHttpApp({
    name: 'query',
    logger: createLogger('test', 'silent'),
    keys,
    audiences,
    readiness: createReadiness(),
    metrics: createMetrics(),
    limits: Limits.parse({}),
  });
  registerJudgementRoutes(app, { log, views: store, clock: createReceiptClock(() => 0) });
  registerQueryRoutes(app, {
    store,
    openScratch: () => openViews(mkdtempSync(join(directory, 'scratch-'))),
    log,
    audiences,
    rulesetOf: () => defaultRuleset,
    pages: new Map(),
    now: () => 0,
    pipeline: async () => ({ settled: true, stages: [] }),
  });
  await app.ready();
  const partitionOf = (audience: string): number => audiences.findIndex(({ id }) => id === audience);
  const headersOf = (audience: string, role: Asking = 'analyst') => ({
    authorization: `Bearer ${given[role]}`,
    'samenhang-audience': audience,
  });
  const get = (audience: string, url: string, role: Asking, more: Record<string, string> = {}) => {
    const accept: Record<string, string> = url.startsWith('/taxii2/') ? { accept: 'application/taxii+json;version=2.1' } : {};
    return app.inject({ url, headers: { ...headersOf(audience, role), ...accept, ...more } });
  };
  return {
    routes: contentRoutes(app),
    async stream(audience, lastEventId) {
      const changes = log.partitions(topics.incidentsChanged.name)[partitionOf(audience)]?.length ?? 0;
      const headers = { ...headersOf(audience), 'last-event-id': String(lastEventId) };
      return firstEvents(app, { headers, events: changes - 1 - lastEventId });
    },
    async ask(audience, url, role = 'analyst') {
      const { statusCode, body, headers } = await get(audience, url, role);
      const added = ['first', 'last'].flatMap((end) => headers[`x-taxii-date-added-${end}`] ?? []);
      return [statusCode, headers.etag, ...added, body].join(' ');
    },
    async change(audience, url, payload) {
      const { statusCode, body } = await app.inject({ method: 'POST', url, headers: headersOf(audience), payload });
      return statusCode < 300 ? String(statusCode) : `${statusCode} ${body}`;
    },
    async again(audience, url) {
      const { etag } = (await get(audience, url, 'analyst')).headers;
      return etag === undefined ? undefined : (await get(audience, url, 'analyst', { 'if-none-match': String(etag) })).statusCode;
    },
    logged(audience) {
      const names = [topics.correlationInputs.name, topics.incidentsChanged.name];
      const records = names.flatMap((name) => log.partitions(name)[partitionOf(audience)] ?? []);
      return JSON.stringify(records.map(({ topic, offset, key, value }) => [topic, offset, key, value]));
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      await store[Symbol.asyncDispose]();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

interface Receiving {
  readonly log: MemoryLog;
  readonly audiences: readonly Audience[];
  readonly cuts: Cuts;
  readonly directory: string;
}

/** Has ingest accept what happened, one thing after the other, each at its own instant, and enrich route it. */
async function receive(happened: Happened, { log, audiences, cuts, directory }: Receiving): Promise<void> {
  const enrich = createTaker(createEnrichStep(audiences), log, cuts);
  const routeJudgements = createTaker(createRouteJudgementsStep(audiences), log, cuts);
  let nowMs = 0;
  await using identities = await openEmbeddedIdentityIndex({ directory, synchronise: async () => undefined });
  await using acceptor = await openAcceptor({ log, identities, nowMs: () => nowMs });
  for (const thing of happened) {
    nowMs = thing.atMs;
    if (thing.kind === 'post') await acceptor.accept([thing.posted], {});
    else await log.append(topics.judgementsReceived.name, [{ key: thing.judgement.id, value: { judgement: thing.judgement } }]);
    await (thing.kind === 'post' ? enrich : routeJudgements)();
  }
}

const Document = z.looseObject({
  paths: z.record(z.string(), z.looseObject({ get: z.looseObject({ 'x-roles': z.array(z.string()) }).optional() })),
});

function contentRoutes(app: HttpApp): readonly string[] {
  const paths = Object.entries(Document.parse(app.swagger()).paths);
  const shown = paths.filter(([path, { get }]) => get?.['x-roles'].includes('analyst') === true && path !== '/v1/stream');
  return shown.map(([path]) => path);
}

/** Reads a stream of server-sent events until it told so many. */
async function firstEvents(
  app: HttpApp,
  { headers, events }: { readonly headers: Record<string, string>; readonly events: number },
): Promise<string> {
  if (events < 1) return '';
  const answer = await app.inject({ url: '/v1/stream', headers, payloadAsStream: true });
  let told = '';
  for await (const chunk of answer.stream()) {
    told += String(chunk);
    if ((told.match(/\n\n/g) ?? []).length > events) break;
  }
  return told;
}
