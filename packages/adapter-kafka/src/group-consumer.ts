import { setTimeout as sleep } from 'node:timers/promises';
import type { Subscription } from '@samenhang/ports';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { createBatchHandler } from './batch-handler.ts';
import { type KafkaSettings, kafkaDefaults } from './kafka-settings.ts';
import { createLease } from './lease.ts';
import { logUnavailable } from './log-unavailable.ts';
import { createOwnership } from './ownership.ts';
import { createPartitionGate } from './partition-gate.ts';
import { type SilenceWatch, watchSilence } from './silence.ts';
import type { TopicCatalogue } from './topic-catalogue.ts';
import { within } from './within.ts';

/** So many session timeouts without a heartbeat or a join, and the client's consumer is taken for dead, whatever it says (kafkajs #1721). */
const silentSessions = 3;

/** One member of a consumer group that lives until it is stopped, whatever becomes of the client's own consumer (kafkajs #1443, #1513, #1721). */
export interface GroupConsumer {
  /** False when the group has not confirmed this member for a session timeout: what it still does is a zombie's work. */
  leaseValid(): boolean;
  /** Throws what keeps it from consuming; nothing while it consumes or has not begun. */
  check(): void;
  stop(): Promise<void>;
}

export interface GroupConsumerParts {
  readonly kafka: Kafka;
  readonly catalogue: TopicCatalogue;
  readonly settings: KafkaSettings;
  readonly subscription: Subscription;
}

export function createGroupConsumer({ kafka, catalogue, settings, subscription }: GroupConsumerParts): GroupConsumer {
  const { topic, group } = subscription;
  const sessionTimeout = settings.sessionTimeoutMs ?? kafkaDefaults.sessionTimeoutMs;
  const closeDeadlineMs = settings.closeDeadlineMs ?? kafkaDefaults.closeDeadlineMs;
  const ownership = createOwnership();
  const lease = createLease(sessionTimeout, () => performance.now());
  const stopping = new AbortController();
  let consumer: Consumer | undefined;
  let trouble: unknown;

  const gate = createPartitionGate({
    subscription,
    ownership,
    nextOffset: async (partition) => (await catalogue.committed(topic, group))[partition] ?? 0,
    pause: (partition) => consumer?.pause([{ topic, partitions: [partition] }]),
    resume: (partition) => resumeIfRunning(consumer, topic, partition),
  });
  const handleBatch = createBatchHandler({ subscription, ownership, gate, settings });

  const dropAll = (): void => {
    lease.release();
    for (const partition of ownership.leave()) gate.lose(partition);
  };

  /** Runs one consumer of the client until it crashes or we stop; kafkajs may not restart it itself, as it gives up on some errors and never on others. */
  async function runOnce(): Promise<void> {
    const current = kafka.consumer({
      groupId: group,
      sessionTimeout,
      heartbeatInterval: settings.heartbeatIntervalMs ?? kafkaDefaults.heartbeatIntervalMs,
      rebalanceTimeout: 30_000,
      // New records end the wait at once; a long one only spares the broker questions while there are none. It is shorter than a heartbeat's interval.
      maxWaitTimeInMs: 1_500,
      maxBytesPerPartition: 8_000_000,
      metadataMaxAge: 30_000,
      allowAutoTopicCreation: false,
      retry: { retries: 4, initialRetryTime: 100, maxRetryTime: 1_500, restartOnFailure: () => Promise.resolve(false) },
    });
    consumer = current;
    const crashed = new Promise<never>((_done, fail) => {
      current.on('consumer.crash', ({ payload }) => fail(payload.error));
    });
    using silence = watchSilence(silentSessions * sessionTimeout, `the consumer of ${group} on ${topic}`);
    listen(current, silence);
    try {
      await Promise.race([crashed, silence.tooLong, start(current).then(() => untilAborted(stopping.signal))]);
    } finally {
      await within(
        closeDeadlineMs,
        'stopping a consumer',
        current.stop().then(() => current.disconnect()),
      ).catch((error: unknown) => settings.say?.({ level: 'warn', message: String(error) }));
      dropAll();
    }
  }

  async function start(current: Consumer): Promise<void> {
    await current.connect();
    await current.subscribe({ topic, fromBeginning: true });
    await current.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 8,
      eachBatch: (payload: EachBatchPayload) => handleBatch(payload),
    });
  }

  function listen(current: Consumer, silence: SilenceWatch): void {
    current.on('consumer.heartbeat', () => {
      silence.heard();
      lease.renew();
    });
    current.on('consumer.group_join', ({ payload }) => {
      silence.heard();
      lease.renew();
      trouble = undefined;
      const { lost, gained } = ownership.join(payload.memberId, payload.memberAssignment[topic] ?? []);
      for (const partition of lost) gate.lose(partition);
      for (const partition of gained) gate.gain(partition);
    });
  }

  async function run(): Promise<void> {
    for (let waitMs = 200; !stopping.signal.aborted; waitMs = Math.min(waitMs * 2, 5_000)) {
      try {
        await runOnce();
      } catch (error) {
        trouble = error;
        settings.say?.({
          level: 'warn',
          message: `the consumer of ${group} on ${topic} is started anew: ${error instanceof Error ? error.message : error}`,
        });
        await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  const running = run();
  return {
    leaseValid: () => ownership.size === 0 || lease.valid(),
    check() {
      if (trouble !== undefined) throw logUnavailable(`consume ${topic}`, trouble);
    },
    async stop() {
      stopping.abort();
      gate.stop();
      await running;
      await gate.settled();
    },
  };
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  signal.aborted ? Promise.resolve() : new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));

/** Opens a partition again; between two consumers there is nothing to open, and the next one starts with every partition open. */
function resumeIfRunning(consumer: Consumer | undefined, topic: string, partition: number): void {
  if (consumer?.paused().some((entry) => entry.topic === topic && entry.partitions.includes(partition)))
    consumer.resume([{ topic, partitions: [partition] }]);
}
