// usage: ingest-server.child.ts echo|validated|durable DIRECTORY: one of the servers that ingest is measured with; prints `ready URL`.
import { openBackends } from '@samenhang/backends';
import { topicSettings } from '@samenhang/events';
import { openAcceptor, registerIngestRoutes } from '@samenhang/ingest';
import {
  createHttpApp,
  createKeyRing,
  createLogger,
  createMetrics,
  createReadiness,
  createStageCounters,
  loadConfig,
  makeKey,
} from '@samenhang/runtime';
import { fastify } from 'fastify';
import { benchKey } from './bench-key.ts';

const [mode, directory = ''] = process.argv.slice(2);

async function echo(): Promise<string> {
  const app = fastify({ bodyLimit: 2 ** 27 });
  app.addContentTypeParser('application/x-ndjson', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.post('/v1/signals', async (request) => request.body);
  return app.listen({ port: 0 });
}

/** The real routes; `validated` parses and answers but keeps nothing. */
async function ingest(durable: boolean): Promise<string> {
  const config = await loadConfig({ env: {}, flags: { data: directory } });
  const { log, identity } = await openBackends({ data: directory });
  await log.ensureTopics(topicSettings(config.audiences.length));
  const nothing: typeof log.append = async (topic, records) => records.map((_, offset) => ({ topic, partition: 0, offset }));
  const acceptor = await openAcceptor({
    log: durable ? log : { append: nothing, ends: (topic) => log.ends(topic), read: (from, options) => log.read(from, options) },
    identities: durable ? identity : { ...identity, find: async () => new Map(), save: async () => undefined },
    nowMs: Date.now,
  });
  const { audiences, limits } = config;
  const record = { ...makeKey({ name: 'bench', role: 'adapter', audiences: [], sources: 'all' }, Date.now()).record, ...benchKey.record };
  const app = await createHttpApp({
    name: 'bench',
    logger: createLogger('bench', 'silent'),
    keys: createKeyRing([record], Date.now),
    audiences,
    readiness: createReadiness(),
    metrics: createMetrics(),
    limits: { ...limits, requestsPerMinute: 1_000_000_000 },
  });
  registerIngestRoutes(app, { acceptor, counters: createStageCounters('ingest'), limits, backlog: { current: () => 0 } });
  return app.listen({ port: 0 });
}

const url = await (mode === 'echo' ? echo() : ingest(mode === 'durable'));
process.stdout.write(`ready ${url.replace('[::1]', '127.0.0.1')}\n`);
process.on('SIGTERM', () => process.exit(0));
