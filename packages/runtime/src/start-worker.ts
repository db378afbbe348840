import type { EventLog } from '@samenhang/ports';
import type { Config } from './config.ts';
import { keyFileOf } from './first-keys.ts';
import { createHttpApp } from './http-app.ts';
import { openKeyRing } from './key-ring.ts';
import { createMetrics } from './metrics.ts';
import { openTokenVerifier } from './open-token-verifier.ts';
import type { ServiceContext } from './run-service.ts';
import { runStep } from './run-step.ts';
import { serveHttp } from './serve-http.ts';
import { createStageCounters } from './stage-counters.ts';
import type { Step } from './step.ts';
import { watchHealth } from './watch-health.ts';

export interface WorkerOptions {
  readonly name: string;
  readonly config: Config;
  readonly log: EventLog;
  /** What else must work for this worker to be ready, by name. */
  readonly needs?: Readonly<Record<string, () => Promise<void>>>;
}

/** Runs steps in a process of their own, with `/live`, `/ready` and `/metrics` on the configured port. Each step is given to `run`, so that its type stays its own. */
export interface Worker {
  run<In>(step: Step<In>): Promise<void>;
}

export async function startWorker(context: ServiceContext, { name, config, log, needs = {} }: WorkerOptions): Promise<Worker> {
  const { logger, readiness, resources, fatal } = context;
  const metrics = createMetrics();
  const keys = openKeyRing(keyFileOf(config.data));
  const tokens = await openTokenVerifier(config.oidc);
  const { audiences, limits } = config;
  const app = await createHttpApp({ name, logger, keys, tokens, audiences, readiness, metrics, limits });
  resources.use(await serveHttp(app, config));
  resources.use(watchHealth(readiness, { log: () => log.check(), ...needs }));
  return {
    async run(step) {
      const counters = createStageCounters(step.name, metrics);
      resources.use(await runStep(step, { log, logger, counters, readiness, onFatal: fatal }));
    },
  };
}
