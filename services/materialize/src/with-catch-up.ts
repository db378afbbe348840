import type { Audience } from '@samenhang/domain';
import type { DeliveredRecord, EventLog, ViewStore } from '@samenhang/ports';
import type { Step } from '@samenhang/runtime';

export interface CatchUpOptions {
  readonly log: Pick<EventLog, 'read'>;
  readonly store: Pick<ViewStore, 'progress'>;
  /** The audience of partition i is the i-th. */
  readonly audiences: readonly Audience[];
}

/**
 * The same step, which first takes in again what the store does not have of a partition that it is given: a store that lost its tail, or was put back
 * from a backup, stands behind what the group has committed, and nothing would ever be delivered twice to fill the gap.
 */
export function withCatchUp<In>(step: Step<In>, { log, store, audiences }: CatchUpOptions): Step<In> {
  const takeIn = async (partition: number, records: readonly DeliveredRecord[]): Promise<void> => {
    const last = records.at(-1);
    if (last === undefined) return;
    for (const record of records) {
      const value: unknown = record.value;
      if (step.accepts(value)) await step.handle(value, record);
    }
    await step.finish?.({ topic: step.reads, partition, nextOffset: last.offset + 1 });
  };
  return {
    ...step,
    async assigned(partition, nextOffset) {
      const audience = audiences[partition];
      if (audience !== undefined) {
        const from = await store.progress(audience.id, step.reads, partition);
        if (from < nextOffset) {
          for await (const records of log.read({ topic: step.reads, partition, offset: from })) {
            await takeIn(
              partition,
              records.filter(({ offset }) => offset < nextOffset),
            );
          }
        }
      }
      await step.assigned?.(partition, nextOffset);
    },
  };
}
