import type { EventLog, IdentityIndex, ViewStore } from '@samenhang/ports';
import {
  type Config,
  createStageCounters,
  type Metrics,
  type PipelineStatus,
  pipelineStatus,
  type RulesetOf,
  type ServiceContext,
  type StageCounters,
  type StageSource,
} from '@samenhang/runtime';
import { startThread } from './start-thread.ts';
import { partNames, type ThreadReport } from './thread/thread-message.ts';

/** What is outside: the one thing that a distributed run has otherwise. */
export interface Outside {
  readonly log: EventLog;
  readonly identity: IdentityIndex;
  readonly views: ViewStore;
  /** An empty store for what is worked out once and thrown away. */
  openScratch(): Promise<ViewStore>;
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
  /** The topic and group of every stage that posting waits for, in the order of the flow. */
  readonly readers: readonly { readonly topic: string; readonly group: string }[];
  status(): Promise<PipelineStatus>;
}

/**
 * Starts every step between ingest and query on threads beside this one, so that requests are answered whatever there is to do; they run until the
 * resources of the context are closed. The threads meet in the log only.
 */
export async function startPipeline(
  { outside, config, metrics }: Omit<PipelineParts, 'rulesetOf'>,
  context: ServiceContext,
): Promise<Pipeline> {
  const { readiness, resources, fatal } = context;
  const ingest = createStageCounters('ingest', metrics);
  const wanted = partNames.filter((part) => part !== 'notify' || config.postsTo.length > 0);
  const starting = wanted.map(async (part) => {
    const stages = new Map<string, StageSource>();
    const heard = (report: ThreadReport): void => {
      if (report.kind === 'stage') {
        const { stage, reads, aside } = report;
        stages.set(stage, { counters: createStageCounters(stage, metrics), reads, aside });
      } else if (report.kind === 'tally') stages.get(report.stage)?.counters.add(report.tally);
      else if (report.kind === 'blocked') readiness.block(report.name, report.cause);
      else if (report.kind === 'cleared') readiness.clear(report.name);
    };
    return { thread: resources.use(await startThread({ part, config }, heard, fatal)), stages };
  });
  const parts = await Promise.all(starting);
  const stages: readonly StageSource[] = [{ counters: ingest }, ...parts.flatMap((part) => [...part.stages.values()])];
  return {
    ingest,
    readers: stages.flatMap(({ counters, reads, aside = false }) =>
      reads === undefined || aside ? [] : [{ topic: reads, group: counters.stage }],
    ),
    status: () =>
      pipelineStatus(outside.log, stages, () => {
        for (const { thread } of parts) thread.hear();
      }),
  };
}
