import process from 'node:process';
import { openBackends } from '@samenhang/backends';
import { consoleFiles } from '@samenhang/console';
import { defaultRuleset } from '@samenhang/correlation';
import { topics } from '@samenhang/events';
import {
  createHttpApp,
  createMetrics,
  createStageCounters,
  keyFileOf,
  openKeyRing,
  pipelineStatus,
  runMain,
  serveHttp,
  watchDependency,
} from '@samenhang/runtime';
import { registerQueryRoutes } from './register-query-routes.ts';

/** The stages in the order of the flow. What each counted is in its own process's metrics; how far each is behind is in the log. */
const stages = [
  { stage: 'enrich', reads: topics.signalsReceived.name },
  { stage: 'route-judgements', reads: topics.judgementsReceived.name },
  { stage: 'correlate', reads: topics.correlationInputs.name },
  { stage: 'materialize-signals', reads: topics.correlationInputs.name },
  { stage: 'materialize-incidents', reads: topics.incidentsChanged.name },
].map(({ stage, reads }) => ({ counters: createStageCounters(stage), reads }));

process.exitCode = await runMain('query', process, async ({ config, logger, readiness, resources }) => {
  const { log, views } = resources.use(await openBackends(config));
  const metrics = createMetrics();
  const { audiences, limits } = config;
  const keys = openKeyRing(keyFileOf(config.data));
  const app = await createHttpApp({ name: 'query', logger, keys, audiences, readiness, metrics, limits });
  registerQueryRoutes(app, {
    store: views,
    log,
    audiences,
    keys,
    ruleset: defaultRuleset,
    pages: consoleFiles(),
    now: Date.now,
    pipeline: () => pipelineStatus(log, stages),
  });
  for (const [name, check] of [
    ['log', () => log.check()],
    ['store', () => views.check()],
  ] as const)
    resources.use(watchDependency({ readiness, name, check }));
  resources.use(await serveHttp(app, config));
});
