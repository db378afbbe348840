import type { DeliveredRecord, Subscription } from '@samenhang/ports';
import type { EachBatchPayload } from 'kafkajs';
import { createBatchSize } from './batch-size.ts';
import { type KafkaSettings, kafkaDefaults } from './kafka-settings.ts';
import { keepAlive } from './keep-alive.ts';
import type { Ownership } from './ownership.ts';
import type { PartitionGate } from './partition-gate.ts';
import { decodeMessage } from './record-codec.ts';

export interface BatchHandlerParts {
  readonly subscription: Subscription;
  readonly ownership: Ownership;
  readonly gate: PartitionGate;
  readonly settings: KafkaSettings;
}

/** What a store writes for so many records together costs it half of what it costs in small parts. */
const mostRecords = 2_000;

const stuckDefault = (error: Error): void => {
  setImmediate(() => {
    throw error;
  });
};

/**
 * Takes what was fetched of one partition through the subscription in batches: effect first, then commit (kafkajs #28); a batch that fails is not
 * committed and comes again after a pause; nothing is handled for a consumer that stops, and nothing handled or committed for a partition that was taken, even if it
 * was given back meanwhile (#1527, #1645, #1720).
 */
export function createBatchHandler({
  subscription,
  ownership,
  gate,
  settings,
}: BatchHandlerParts): (payload: EachBatchPayload) => Promise<void> {
  const size = createBatchSize(subscription.maxBatch ?? mostRecords);
  const everyMs = settings.heartbeatIntervalMs ?? kafkaDefaults.heartbeatIntervalMs;
  const deadlineMs = settings.handlerDeadlineMs ?? kafkaDefaults.handlerDeadlineMs;
  const stuck = settings.stuck ?? stuckDefault;

  const succeeds = async (records: readonly DeliveredRecord[], payload: EachBatchPayload): Promise<boolean> => {
    const late = (): void =>
      stuck(new Error(`a handler of ${subscription.group} on ${subscription.topic} did not end within ${deadlineMs} ms`));
    const began = performance.now();
    const loop = performance.eventLoopUtilization();
    try {
      await keepAlive({ everyMs, deadlineMs, late, heartbeat: payload.heartbeat }, () => subscription.handle(records));
      return true;
    } catch (error) {
      subscription.failed?.(error);
      return false;
    } finally {
      size.took(records.length, { wallMs: performance.now() - began, busyMs: performance.eventLoopUtilization(loop).active });
    }
  };

  return async (payload) => {
    const { topic, partition, messages } = payload.batch;
    const given = ownership.since(partition);
    const ours = (): boolean => given !== undefined && ownership.since(partition) === given;
    for (let at = 0, count = size.current; at < messages.length; at += count) {
      count = size.current;
      if (!payload.isRunning() || payload.isStale() || !ours()) return;
      const records = messages.slice(at, at + count).map((message) => decodeMessage(topic, partition, message));
      const succeeded = await gate.during(partition, async () => ours() && (await succeeds(records, payload)));
      if (!ours()) return;
      if (!succeeded) return gate.failed(partition);
      gate.succeeded(partition);
      await commit(payload, records);
      await payload.heartbeat();
    }
  };
}

async function commit(payload: EachBatchPayload, records: readonly DeliveredRecord[]): Promise<void> {
  const last = records.at(-1);
  if (last === undefined) return;
  const { topic, partition } = payload.batch;
  await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: String(last.offset + 1) }] }] });
  payload.resolveOffset(String(last.offset));
}
