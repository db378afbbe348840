import process from 'node:process';
import { openBackends } from '@samenhang/backends';
import { consoleFiles } from '@samenhang/console';
import { topics } from '@samenhang/events';
import {
  auditPlacesOf,
  type Config,
  createHttpApp,
  createMetrics,
  createStageCounters,
  keyFileOf,
  loadRulesets,
  openAuditFile,
  openKeyRing,
  openTokenVerifier,
  pipelineStatus,
  runMain,
  type StageSource,
  serveHttp,
  watchHealth,
} from '@samenhang/runtime';
import { registerQueryRoutes } from './register-query-routes.ts';

/** The stages that every deployment has, in the order of the flow. What each counted is in its own process's metrics; how far each is behind is in the log. */
const stages: readonly StageSource[] = [
  { counters: createStageCounters('ingest') },
  { counters: createStageCounters('enrich'), reads: topics.signalsReceived.name },
  { counters: createStageCounters('route-judgements'), reads: topics.judgementsReceived.name },
  { counters: createStageCounters('correlate'), reads: topics.correlationInputs.name },
  { counters: createStageCounters('materialize-signals'), reads: topics.correlationInputs.name },
  { counters: createStageCounters('materialize-incidents'), reads: topics.incidentsChanged.name },
];

/** The stages that tell webhooks, which nothing waits for. */
const stagesOf = ({ webhooks }: Pick<Config, 'webhooks'>): readonly StageSource[] =>
  webhooks.flatMap(({ name }) => [
    { counters: createStageCounters(`notify-${name}`), reads: topics.incidentsChanged.name, aside: true },
    { counters: createStageCounters(`renotify-${name}`), reads: topics.notificationsRetried.name, aside: true },
  ]);

process.exitCode = await runMain('query', process, async ({ config, logger, readiness, resources }) => {
  const { log, views, openScratch } = resources.use(await openBackends(config));
  const metrics = createMetrics();
  const { audiences, limits } = config;
  const keys = openKeyRing(keyFileOf(config.data));
  const trail = resources.use(await openAuditFile({ ...auditPlacesOf(config), service: 'query', now: Date.now }));
  const audit = { trail, now: Date.now };
  const tokens = await openTokenVerifier(config.oidc);
  const app = await createHttpApp({ name: 'query', logger, keys, tokens, audit, audiences, readiness, metrics, limits });
  registerQueryRoutes(app, {
    store: views,
    openScratch,
    log,
    audiences,
    rulesetOf: await loadRulesets(config),
    pages: consoleFiles(),
    now: Date.now,
    pipeline: () => pipelineStatus(log, [...stages, ...stagesOf(config)]),
  });
  resources.use(watchHealth(readiness, { log: () => log.check(), store: () => views.check(), audit: () => trail.check() }));
  resources.use(await serveHttp(app, config));
});
