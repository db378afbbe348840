import type { DeliveredRecord, EventLog } from '@samenhang/ports';
import { describeError, isProgrammingError } from './errors.ts';
import type { Logger } from './logger.ts';
import type { Readiness } from './readiness.ts';
import type { StageCounters, Tally } from './stage-counters.ts';
import type { Step } from './step.ts';
import { addRejected, appendResult, emptyResult, processBatch } from './step-batch.ts';
import { createTracer, type Tracer } from './telemetry.ts';

export interface RunStepOptions {
  readonly log: EventLog;
  readonly logger: Logger;
  readonly counters: Pick<StageCounters, 'add'>;
  /** Goes red while the world keeps the step from going on. */
  readonly readiness?: Readiness;
  /** Told when the step itself is broken and going on would only reject every message; the process should stop. */
  readonly onFatal?: (error: unknown) => void;
  readonly maxBatch?: number;
}

/** So many messages in a row on which the step itself failed mean that the step is broken and not the messages. */
const brokenAfter = 20;

/** Takes every message of a topic through a step until disposed. Nothing is committed before all that follows from it is durable. */
export async function runStep<In>(step: Step<In>, options: RunStepOptions): Promise<AsyncDisposable> {
  const { log, logger, counters, maxBatch = step.maxBatch } = options;
  const readiness = step.aside === true ? undefined : options.readiness;
  const blockedBy = `step ${step.name}`;
  const handler = createBatchHandler(step, options, createTracer());
  return log.subscribe({
    topic: step.reads,
    group: step.name,
    ...(maxBatch === undefined ? {} : { maxBatch }),
    async handle(batch) {
      counters.add(await handler(batch));
      readiness?.clear(blockedBy);
    },
    assigned: async (partition, nextOffset) => step.assigned?.(partition, nextOffset),
    revoked: async (partition) => step.revoked?.(partition),
    failed(error) {
      readiness?.block(blockedBy, describeError(error));
      logger.warn({ step: step.name, err: error }, 'batch not committed, comes again');
    },
  });
}

/**
 * Handles one batch of one partition. The world failing rejects it, so that it comes again; a step that throws on a message has that message
 * put aside as `step-failed`, alone; a step that throws on everything is reported as fatal and puts nothing aside.
 */
export function createBatchHandler<In>(step: Step<In>, options: Pick<RunStepOptions, 'log' | 'logger' | 'onFatal'>, tracer: Tracer) {
  const { log, logger, onFatal } = options;
  let failedInRow = 0;

  const attempt = async (batch: readonly DeliveredRecord[]): Promise<Tally> => {
    try {
      const result = await processBatch(step, batch, tracer);
      await appendResult(log, result);
      failedInRow = 0;
      return result.tally;
    } catch (error) {
      await step.abandon?.(batch[0]?.partition ?? 0);
      throw error;
    }
  };

  const attemptAlone = async (record: DeliveredRecord): Promise<Tally> => {
    try {
      return await attempt([record]);
    } catch (error) {
      if (!isProgrammingError(error)) throw error;
      if (++failedInRow >= brokenAfter) {
        onFatal?.(error);
        throw error;
      }
      logger.error(
        { step: step.name, partition: record.partition, offset: record.offset, err: error },
        'step failed on a message, message rejected',
      );
      const result = emptyResult();
      result.tally.received++;
      addRejected(result, step.name, record, { code: 'step-failed', detail: describeError(error) });
      await appendResult(log, result);
      return result.tally;
    }
  };

  return async (batch: readonly DeliveredRecord[]): Promise<Tally> => {
    try {
      return await attempt(batch);
    } catch (error) {
      if (!isProgrammingError(error)) throw error;
      const tallies: Tally[] = [];
      for (const record of batch) tallies.push(await attemptAlone(record));
      return tallies.reduce(mergeTallies);
    }
  };
}

function mergeTallies(a: Tally, b: Tally): Tally {
  const merged = { received: a.received + b.received, sent: a.sent + b.sent, dropped: new Map(a.dropped), rejected: new Map(a.rejected) };
  for (const [reason, count] of b.dropped) merged.dropped.set(reason, (merged.dropped.get(reason) ?? 0) + count);
  for (const [reason, count] of b.rejected) merged.rejected.set(reason, (merged.rejected.get(reason) ?? 0) + count);
  return merged;
}
