import type { Audience } from '@samenhang/domain';
import type { EventLog, ViewStore } from '@samenhang/ports';
import type { Step } from '@samenhang/runtime';

interface CatchUpOptions {
  /** The audience of partition i is the i-th. */
  readonly audiences: readonly Audience[];
  readonly log: Pick<EventLog, 'committed' | 'read'>;
  readonly store: Pick<ViewStore, 'progress'>;
}

/**
 * Writes again what a step had committed and the store no longer holds, because it was lost or restored from an older copy: resolves once the store
 * is as far as the step. To be awaited before the step runs; does nothing where nothing is missing.
 */
export async function catchUp<In>(step: Step<In>, { audiences, log, store }: CatchUpOptions): Promise<void> {
  const committed = await log.committed(step.reads, step.name);
  for (const [partition, end] of committed.entries()) {
    const audience = audiences[partition];
    if (audience === undefined) continue;
    const offset = await store.progress(audience.id, step.reads, partition);
    if (offset < end) await replay(step, log, { partition, offset, end });
  }
}

interface Missing {
  readonly partition: number;
  readonly offset: number;
  readonly end: number;
}

async function replay<In>(step: Step<In>, log: Pick<EventLog, 'read'>, { partition, offset, end }: Missing): Promise<void> {
  const topic = step.reads;
  for await (const records of log.read({ topic, partition, offset })) {
    const missing = records.filter((record) => record.offset < end);
    for (const record of missing) if (step.accepts(record.value)) await step.handle(record.value, record);
    const last = missing.at(-1);
    if (last !== undefined) await step.finish?.({ topic, partition, nextOffset: last.offset + 1 });
    if (missing.length < records.length) return;
  }
}
