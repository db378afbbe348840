import { consoleFiles } from '@samenhang/console';
import {
  createReceiptClock,
  openAcceptor,
  openBacklog,
  registerIngestRoutes,
  registerJudgementRoutes,
  registerReleaseRoute,
} from '@samenhang/ingest';
import type { AuditTrail } from '@samenhang/ports';
import { registerQueryRoutes } from '@samenhang/query';
import { createHttpApp, type HttpApp, type KeyRing, openTokenVerifier, type ServiceContext } from '@samenhang/runtime';
import type { Pipeline, PipelineParts } from './start-pipeline.ts';

/** The app with every route of ingest and query; it is closed with the resources of the context. */
export async function createApp(
  { outside, config, rulesetOf, metrics, audit }: PipelineParts & { readonly audit: AuditTrail },
  pipeline: Pipeline,
  keys: KeyRing,
  { logger, readiness, resources }: Pick<ServiceContext, 'logger' | 'readiness' | 'resources'>,
): Promise<HttpApp> {
  const { log, views, identity } = outside;
  const { audiences, limits } = config;
  const acceptor = resources.use(await openAcceptor({ log, identities: identity, nowMs: Date.now }));
  const backlog = resources.use(openBacklog(log, pipeline.readers, logger));
  const tokens = await openTokenVerifier(config.oidc);
  const app = await createHttpApp({
    name: 'standalone',
    logger,
    keys,
    tokens,
    audit: { trail: audit, now: Date.now },
    audiences,
    readiness,
    metrics,
    limits,
  });
  resources.defer(() => app.close());
  registerIngestRoutes(app, { acceptor, counters: pipeline.ingest, limits, backlog });
  const clock = createReceiptClock(Date.now);
  registerJudgementRoutes(app, { log, views, clock });
  registerReleaseRoute(app, { acceptor, counters: pipeline.ingest, log, views, clock });
  registerQueryRoutes(app, {
    store: views,
    openScratch: () => outside.openScratch(),
    log,
    audiences,
    pipeline: pipeline.status,
    rulesetOf,
    pages: consoleFiles(),
    now: Date.now,
  });
  return app;
}
