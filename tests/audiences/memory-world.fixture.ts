import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedViewStore } from '@samenhang/adapter-embedded';
import { createCorrelateStep } from '@samenhang/correlate';
import { createCorrelator, defaultRuleset } from '@samenhang/correlation';
import type { Audience, IncidentJudgement, JsonValue, Signal } from '@samenhang/domain';
import { createEnrichStep, createRouteJudgementsStep } from '@samenhang/enrich';
import { topics } from '@samenhang/events';
import { createMaterializeIncidentsStep, createMaterializeSignalsStep } from '@samenhang/materialize';
import type { DeliveredRecord, EventLog } from '@samenhang/ports';
import { registerQueryRoutes } from '@samenhang/query';
import {
  createBatchHandler,
  createHttpApp,
  createKeyRing,
  createLogger,
  createMetrics,
  createReadiness,
  createTracer,
  type HttpApp,
  Limits,
  type Step,
} from '@samenhang/runtime';
import { z } from 'zod';

/** A whole service in memory: signals went in at once, in order, cut into batches as told, and every question can be asked. */
export interface MemoryWorld extends AsyncDisposable {
  /** Every GET route of the OpenAPI document that shows content. */
  readonly routes: readonly string[];
  /** Status, body and entity tag of the answer to an audience. */
  ask(audience: string, url: string): Promise<string>;
  /** The status with which the answer to the same question is repeated when its entity tag is sent along; undefined when it has none. */
  again(audience: string, url: string): Promise<number | undefined>;
  /** What the stream tells an audience of all its changes but the first. */
  stream(audience: string): Promise<string>;
}

/** What happened in a world. */
export interface Happened {
  readonly signals: readonly Signal[];
  readonly judgements?: readonly IncidentJudgement[];
}

/** Sizes of the batches in which records are delivered, one after the other, over again. */
export type Cuts = readonly number[];

const logger = createLogger('test', 'silent');

export async function openMemoryWorld(
  { signals, judgements = [] }: Happened,
  audiences: readonly Audience[],
  cuts: Cuts,
): Promise<MemoryWorld> {
  const directory = mkdtempSync(join(tmpdir(), 'world-'));
  const store = await openEmbeddedViewStore({ directory, synchronise: async () => undefined });
  const log = createMemoryLog();
  await log.append(
    topics.signalsReceived.name,
    signals.map((signal) => ({ key: signal.id, value: toJson({ signal, earlierMarkings: [] }), partition: 0 })),
  );
  await log.append(
    topics.judgementsReceived.name,
    judgements.map((judgement) => ({ key: judgement.id, value: toJson({ judgement }), partition: 0 })),
  );
  await take(createEnrichStep(audiences), log, cuts);
  await take(createRouteJudgementsStep(audiences), log, cuts);
  await take(createCorrelateStep({ audiences, log, createCorrelator: () => createCorrelator(defaultRuleset) }), log, cuts);
  await take(createMaterializeSignalsStep({ store, now: () => 0 }), log, cuts);
  await take(createMaterializeIncidentsStep(store), log, cuts);
  const keys = createKeyRing([], () => 0);
  const { key } = keys.create({ name: 'Ann', role: 'analyst', audiences: 'all', sources: [] });
  const app: HttpApp = await createHttpApp({
    name: 'query',
    logger,
    keys,
    audiences,
    readiness: createReadiness(),
    metrics: createMetrics(),
    limits: Limits.parse({}),
  });
  const pipeline = async () => ({ settled: true, stages: [] });
  registerQueryRoutes(app, {
    store,
    openScratch: async () =>
      openEmbeddedViewStore({ directory: mkdtempSync(join(directory, 'scratch-')), synchronise: async () => undefined }),
    log,
    audiences,
    rulesetOf: () => defaultRuleset,
    pages: new Map(),
    now: () => 0,
    pipeline,
  });
  await app.ready();
  const get = (audience: string, url: string, more: Record<string, string> = {}) =>
    app.inject({ url, headers: { authorization: `Bearer ${key}`, 'samenhang-audience': audience, ...more } });
  return {
    routes: contentRoutes(app),
    async stream(audience) {
      const changes = (await log.ends(topics.incidentsChanged.name))[audiences.findIndex(({ id }) => id === audience)] ?? 0;
      const headers = { authorization: `Bearer ${key}`, 'samenhang-audience': audience, 'last-event-id': '0' };
      return firstEvents(app, { headers, events: changes - 1 });
    },
    async ask(audience, url) {
      const { statusCode, body, headers } = await get(audience, url);
      return `${statusCode} ${headers.etag} ${body}`;
    },
    async again(audience, url) {
      const { etag } = (await get(audience, url)).headers;
      return etag === undefined ? undefined : (await get(audience, url, { 'if-none-match': String(etag) })).statusCode;
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      await store[Symbol.asyncDispose]();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const Document = z.looseObject({
  paths: z.record(z.string(), z.looseObject({ get: z.looseObject({ 'x-roles': z.array(z.string()) }).optional() })),
});

/** What an analyst may ask, streams aside. */
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

const toJson = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value));

/** A log that this process alone reads, each step when it is its turn. */
interface MemoryLog extends EventLog {
  partitions(topic: string): readonly (readonly DeliveredRecord[])[];
}

function createMemoryLog(): MemoryLog {
  const records = new Map<string, DeliveredRecord[][]>();
  const partitionsOf = (topic: string): DeliveredRecord[][] => {
    const known = records.get(topic) ?? [];
    records.set(topic, known);
    return known;
  };
  return {
    partitions: partitionsOf,
    ensureTopics: async () => undefined,
    committed: async () => [],
    check: async () => undefined,
    subscribe: async () => {
      throw new RangeError('records are taken, not delivered');
    },
    [Symbol.asyncDispose]: async () => undefined,
    async append(topic, added) {
      return added.map(({ key, value, headers = {}, partition = 0 }) => {
        const all = partitionsOf(topic);
        while (all.length <= partition) all.push([]);
        const own = all[partition] ?? [];
        own.push({
          topic,
          partition,
          offset: own.length,
          key,
          value: toJson(value),
          headers,
          timestampMs: 0,
          bytes: () => Buffer.from(JSON.stringify(value)),
        });
        return { topic, partition, offset: own.length - 1 };
      });
    },
    ends: async (topic) => partitionsOf(topic).map((own) => own.length),
    async *read({ topic, partition, offset }) {
      const own = partitionsOf(topic)[partition]?.slice(offset) ?? [];
      if (own.length > 0) yield own;
    },
  };
}

/** Takes every record of the step's topic through it. */
async function take<In>(step: Step<In>, log: MemoryLog, cuts: Cuts): Promise<void> {
  const handle = createBatchHandler(step, { log, logger }, createTracer());
  for (const [partition, records] of log.partitions(step.reads).entries()) {
    await step.assigned?.(partition, 0);
    for (let from = 0, turn = 0; from < records.length; turn++) {
      const size = cuts[turn % cuts.length] ?? 1;
      await handle(records.slice(from, from + size));
      from += size;
    }
  }
}
