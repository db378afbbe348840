// usage: query-server.child.ts bare DIRECTORY | query DIRECTORY INCIDENTS: what queries are measured with; prints `ready URL`. `bare` answers with the bytes of the
// file that is asked for; `query` from the views of so many incidents, to which new ones come all the time.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openBackends } from '@samenhang/backends';
import { defaultRuleset } from '@samenhang/correlation';
import { topicSettings } from '@samenhang/events';
import type { ViewStore } from '@samenhang/ports';
import { registerQueryRoutes } from '@samenhang/query';
import { createHttpApp, createKeyRing, createLogger, createMetrics, createReadiness, loadConfig, makeKey } from '@samenhang/runtime';
import { fastify } from 'fastify';
import { benchKey } from './bench-key.ts';
import { makeIncidents } from './bench-views.ts';

const [mode, path = '', size = '0'] = process.argv.slice(2);
/** Ten times a second some incidents come. */
const arrivals = { everyMs: 100, incidents: 5 };

async function bare(): Promise<string> {
  const answers = new Map<string, Buffer>();
  const app = fastify();
  app.get<{ Params: { name: string } }>('/:name', async (request, reply) => {
    const name = basename(request.params.name);
    const bytes = answers.get(name) ?? readFileSync(join(path, name));
    answers.set(name, bytes);
    return reply.type('application/json; charset=utf-8').send(bytes);
  });
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
  keepArriving(views);
  return app.listen({ port: 0, host: '127.0.0.1' });
}

/** Saves incidents that are not among the ones that are there; the first that cannot be saved ends the process. */
function keepArriving(views: ViewStore): void {
  const incidents = makeIncidents(Number(size));
  setInterval(() => void views.save([incidents.write('fusion-cell', arrivals.incidents)]), arrivals.everyMs);
}

process.stdout.write(`ready ${await (mode === 'bare' ? bare() : query())}\n`);
process.on('SIGTERM', () => process.exit(0));
