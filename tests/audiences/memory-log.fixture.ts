import type { JsonValue } from '@samenhang/domain';
import type { DeliveredRecord, EventLog } from '@samenhang/ports';
import { createBatchHandler, createLogger, createTracer, type Step } from '@samenhang/runtime';

/** A log that this process alone reads, each step when it is its turn. */
export interface MemoryLog extends EventLog {
  partitions(topic: string): readonly (readonly DeliveredRecord[])[];
}

/** Sizes of the batches in which records are delivered, one after the other, over again. */
export type Cuts = readonly number[];

const toJson = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value));

export function createMemoryLog(): MemoryLog {
  const records = new Map<string, DeliveredRecord[][]>();
  const partitionsOf = (topic: string): DeliveredRecord[][] => {
    const known = records.get(topic) ?? [];
    records.set(topic, known);
    return known;
  };
  return {
    partitions: partitionsOf,
    ensureTopics: async () => undefined,
    committed: async () => [],
    check: async () => undefined,
    subscribe: async () => {
      throw new RangeError('records are taken, not delivered');
    },
    [Symbol.asyncDispose]: async () => undefined,
    async append(topic, added) {
      return added.map(({ key, value, headers = {}, partition = 0 }) => {
        const all = partitionsOf(topic);
        while (all.length <= partition) all.push([]);
        const own = all[partition] ?? [];
        own.push({
          topic,
          partition,
          offset: own.length,
          key,
          value: toJson(value),
          headers,
          timestampMs: 0,
          bytes: () => Buffer.from(JSON.stringify(value)),
        });
        return { topic, partition, offset: own.length - 1 };
      });
    },
    ends: async (topic) => partitionsOf(topic).map((own) => own.length),
    async *read({ topic, partition, offset }) {
      const own = partitionsOf(topic)[partition]?.slice(offset) ?? [];
      if (own.length > 0) yield own;
    },
  };
}

/** Takes what the step's topic holds through it, a batch after the other; gives a function that takes what has come since. */
export function createTaker<In>(step: Step<In>, log: MemoryLog, cuts: Cuts): () => Promise<void> {
  const handle = createBatchHandler(step, { log, logger: createLogger('test', 'silent') }, createTracer());
  const taken = new Map<number, number>();
  return async () => {
    for (const [partition, records] of log.partitions(step.reads).entries()) {
      if (!taken.has(partition)) await step.assigned?.(partition, 0);
      let from = taken.get(partition) ?? 0;
      for (let turn = 0; from < records.length; turn++) {
        const size = cuts[turn % cuts.length] ?? 1;
        await handle(records.slice(from, from + size));
        from += size;
      }
      taken.set(partition, records.length);
    }
  };
}
