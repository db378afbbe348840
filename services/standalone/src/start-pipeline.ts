import { createCorrelateStep } from '@samenhang/correlate';
import { createCorrelator } from '@samenhang/correlation';
import { createEnrichStep, createRouteJudgementsStep, loadRegister } from '@samenhang/enrich';
import { catchUp, createMaterializeIncidentsStep, createMaterializeSignalsStep } from '@samenhang/materialize';
import type { EventLog, IdentityIndex, ViewStore } from '@samenhang/ports';
import {
  type Config,
  createStageCounters,
  type Metrics,
  type PipelineStatus,
  pipelineStatus,
  type RulesetOf,
  runStep,
  type ServiceContext,
  type StageCounters,
  type StageSource,
  type Step,
} from '@samenhang/runtime';

/** What is outside: the one thing that a distributed run has otherwise. */
export interface Outside {
  readonly log: EventLog;
  readonly identity: IdentityIndex;
  readonly views: ViewStore;
}

export interface PipelineParts {
  readonly outside: Outside;
  readonly config: Config;
  readonly rulesetOf: RulesetOf;
  readonly metrics: Metrics;
}

export interface Pipeline {
  /** What ingest counts itself with. */
  readonly ingest: StageCounters;
  /** The topic and group of every stage, in the order of the flow. */
  readonly readers: readonly { readonly topic: string; readonly group: string }[];
  status(): Promise<PipelineStatus>;
}

/** Starts every step between ingest and query; they run until the resources of the context are closed. */
export async function startPipeline({ outside, config, rulesetOf, metrics }: PipelineParts, context: ServiceContext): Promise<Pipeline> {
  const { log, views } = outside;
  const { audiences, sources } = config;
  const register = await loadRegister(config.register);
  const ingest = createStageCounters('ingest', metrics);
  const stages: StageSource[] = [{ counters: ingest }];
  const start = async <In>(step: Step<In>, maxBatch?: number): Promise<void> => {
    const counters = createStageCounters(step.name, metrics);
    stages.push({ counters, reads: step.reads });
    const { logger, readiness, resources, fatal } = context;
    const running = await runStep(step, {
      log,
      logger,
      counters,
      readiness,
      onFatal: fatal,
      ...(maxBatch === undefined ? {} : { maxBatch }),
    });
    resources.use(running);
  };
  await start(createEnrichStep(audiences, { sources, register }));
  await start(createRouteJudgementsStep(audiences));
  await start(createCorrelateStep({ audiences, log, createCorrelator: (audience) => createCorrelator(rulesetOf(audience)) }));
  const [signals, incidents] = [createMaterializeSignalsStep({ store: views, now: Date.now }), createMaterializeIncidentsStep(views)];
  const known = { audiences, log, store: views };
  await catchUp(signals, known);
  await catchUp(incidents, known);
  await start(signals);
  await start(incidents);
  return {
    ingest,
    readers: stages.flatMap(({ counters, reads }) => (reads === undefined ? [] : [{ topic: reads, group: counters.stage }])),
    status: () => pipelineStatus(log, stages),
  };
}
