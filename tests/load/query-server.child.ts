// usage: query-server.child.ts bare FILE | query DIRECTORY: what queries are measured with; prints `ready URL`. `bare` answers every request with the bytes of the file.
import { readFileSync } from 'node:fs';
import { openBackends } from '@samenhang/backends';
import { defaultRuleset } from '@samenhang/correlation';
import { topicSettings } from '@samenhang/events';
import { registerQueryRoutes } from '@samenhang/query';
import { createHttpApp, createKeyRing, createLogger, createMetrics, createReadiness, loadConfig, makeKey } from '@samenhang/runtime';
import { fastify } from 'fastify';
import { benchKey } from './bench-key.ts';

const [mode, path = ''] = process.argv.slice(2);

async function bare(): Promise<string> {
  const bytes = readFileSync(path);
  const app = fastify();
  app.get('/', async (_request, reply) => reply.type('application/json; charset=utf-8').send(bytes));
  return app.listen({ port: 0, host: '127.0.0.1' });
}

async function query(): Promise<string> {
  const { audiences, limits } = await loadConfig({ env: {}, flags: { data: path } });
  const { log, views, openScratch } = await openBackends({ data: path });
  await log.ensureTopics(topicSettings(audiences.length));
  const record = { ...makeKey({ name: 'bench', role: 'analyst', audiences: 'all', sources: [] }, Date.now()).record, ...benchKey.record };
  const app = await createHttpApp({
    name: 'bench',
    logger: createLogger('bench', 'silent'),
    keys: createKeyRing([record], Date.now),
    audiences,
    readiness: createReadiness(),
    metrics: createMetrics(),
    limits: { ...limits, requestsPerMinute: 1_000_000_000 },
  });
  const pipeline = async () => ({ settled: true, stages: [] });
  registerQueryRoutes(app, {
    store: views,
    openScratch,
    log,
    audiences,
    pipeline,
    rulesetOf: () => defaultRuleset,
    pages: new Map(),
    now: Date.now,
  });
  return app.listen({ port: 0, host: '127.0.0.1' });
}

process.stdout.write(`ready ${await (mode === 'bare' ? bare() : query())}\n`);
process.on('SIGTERM', () => process.exit(0));
