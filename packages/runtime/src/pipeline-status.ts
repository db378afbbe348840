import type { EventLog } from '@samenhang/ports';
import { z } from 'zod';
import type { StageCounters } from './stage-counters.ts';

export const PipelineStage = z.object({
  name: z.string(),
  received: z.int(),
  sent: z.int(),
  dropped: z.int(),
  rejected: z.int(),
  lag: z.int(),
});
/** One stage: what became of the messages it saw since its process began, and how many still wait for it. */
export type PipelineStage = z.infer<typeof PipelineStage>;

export const PipelineStatus = z.object({ settled: z.boolean(), stages: z.array(PipelineStage) });
/** `settled`: everything acknowledged before the question was asked can be queried. */
export type PipelineStatus = z.infer<typeof PipelineStatus>;

/** A stage and the topic that it reads with the group of its name; a stage without one has no lag. */
export interface StageSource {
  readonly counters: StageCounters;
  readonly reads?: string;
  /** True when what it has not done yet keeps nothing from being queried. */
  readonly aside?: boolean;
}

/** How many records of a topic a group has not committed yet. */
export async function lagOf(log: EventLog, topic: string, group: string): Promise<number> {
  const ends = await log.ends(topic);
  const committed = await log.committed(topic, group);
  return ends.reduce((lag, end, partition) => lag + Math.max(0, end - (committed[partition] ?? 0)), 0);
}

/**
 * The state of the pipeline; stages must be given in the order of the flow, or `settled` may be said too early. `hear` brings the counters up to date
 * with all that was counted before the commits that were just seen.
 */
export async function pipelineStatus(log: EventLog, stages: readonly StageSource[], hear = (): void => undefined): Promise<PipelineStatus> {
  const told: PipelineStage[] = [];
  let settled = true;
  for (const { counters, reads, aside = false } of stages) {
    const lag = reads === undefined ? 0 : await lagOf(log, reads, counters.stage);
    hear();
    const { received, sent, dropped, rejected } = counters.counts();
    told.push({ name: counters.stage, received, sent, dropped, rejected, lag });
    settled &&= lag === 0 || aside;
  }
  return { settled, stages: told };
}
