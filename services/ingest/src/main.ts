import process from 'node:process';
import { openBackends } from '@samenhang/backends';
import { topics } from '@samenhang/events';
import {
  auditPlacesOf,
  createHttpApp,
  createMetrics,
  createStageCounters,
  keyFileOf,
  openAuditFile,
  openKeyRing,
  openTokenVerifier,
  runMain,
  serveHttp,
  watchHealth,
} from '@samenhang/runtime';
import { openAcceptor } from './acceptor.ts';
import { openBacklog } from './backlog.ts';
import { registerJudgementRoutes } from './judgement-routes.ts';
import { createReceiptClock } from './receipt-clock.ts';
import { registerReleaseRoute } from './release-routes.ts';
import { registerIngestRoutes } from './signal-routes.ts';

const { signalsReceived, correlationInputs, incidentsChanged } = topics;
const readers = [
  { topic: signalsReceived.name, group: 'enrich' },
  { topic: correlationInputs.name, group: 'correlate' },
  { topic: correlationInputs.name, group: 'materialize-signals' },
  { topic: incidentsChanged.name, group: 'materialize-incidents' },
];

process.exitCode = await runMain('ingest', process, async ({ config, logger, readiness, resources }) => {
  const { log, identity, views, kind } = resources.use(await openBackends(config));
  // Another ingest must find at once what this one accepted; only where there is no other may the index be written behind the answers.
  const acceptor = resources.use(await openAcceptor({ log, identities: identity, nowMs: Date.now, shared: kind === 'distributed' }));
  const backlog = resources.use(openBacklog(log, readers, logger, kind === 'distributed' ? 2_000 : 250));
  const metrics = createMetrics();
  const { audiences, limits } = config;
  const keys = openKeyRing(keyFileOf(config.data));
  const trail = resources.use(await openAuditFile({ ...auditPlacesOf(config), service: 'ingest', now: Date.now }));
  const audit = { trail, now: Date.now };
  const tokens = await openTokenVerifier(config.oidc);
  const app = await createHttpApp({ name: 'ingest', logger, keys, tokens, audit, audiences, readiness, metrics, limits });
  const [counters, clock] = [createStageCounters('ingest', metrics), createReceiptClock(Date.now)];
  registerIngestRoutes(app, { acceptor, counters, limits, backlog });
  registerJudgementRoutes(app, { log, views, clock });
  registerReleaseRoute(app, { acceptor, counters, log, views, clock });
  resources.use(watchHealth(readiness, { log: () => log.check(), store: () => views.check(), audit: () => trail.check() }));
  resources.use(await serveHttp(app, config));
});
