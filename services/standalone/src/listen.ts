import { consoleFiles } from '@samenhang/console';
import { createReceiptClock, openAcceptor, openBacklog, registerIngestRoutes, registerJudgementRoutes } from '@samenhang/ingest';
import { registerQueryRoutes } from '@samenhang/query';
import { createHttpApp, describeError, type KeyRing, type ServiceContext, ServiceError } from '@samenhang/runtime';
import type { Pipeline, PipelineParts } from './start-pipeline.ts';

/** Opens the one port with the routes of ingest and query; gives its address. */
export async function listen(parts: PipelineParts, pipeline: Pipeline, keys: KeyRing, context: ServiceContext): Promise<string> {
  const { outside, config, ruleset, metrics } = parts;
  const { log, views, identity } = outside;
  const { audiences, limits } = config;
  const { logger, readiness, resources } = context;
  const acceptor = resources.use(await openAcceptor({ log, identities: identity, nowMs: Date.now }));
  const backlog = resources.use(openBacklog(log, pipeline.readers, logger));
  const app = await createHttpApp({ name: 'standalone', logger, keys, audiences, readiness, metrics, limits });
  resources.defer(() => app.close());
  registerIngestRoutes(app, { acceptor, counters: pipeline.ingest, limits, backlog });
  registerJudgementRoutes(app, { log, views, clock: createReceiptClock(Date.now) });
  registerQueryRoutes(app, {
    store: views,
    log,
    audiences,
    keys,
    pipeline: pipeline.status,
    ruleset,
    pages: consoleFiles(),
    now: Date.now,
  });
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (cause) {
    throw new ServiceError('start-failed', `cannot listen on ${config.host}:${config.port}: ${describeError(cause)}`, { cause });
  }
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  return addressOf(config.host, port);
}

/** The address at which this machine itself reaches the service. */
export function addressOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
