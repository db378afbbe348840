import { setTimeout as sleep } from 'node:timers/promises';
import type { TopicSettings } from '@samenhang/ports';
import type { Admin, Kafka } from 'kafkajs';
import { type KafkaSettings, kafkaDefaults } from './kafka-settings.ts';
import { logUnavailable } from './log-unavailable.ts';
import { within } from './within.ts';

/** Questions about topics and groups, asked over one connection that is opened when needed and thrown away when it failed. */
export interface TopicCatalogue {
  ensure(topics: readonly TopicSettings[]): Promise<void>;
  /** Number of partitions; remembered for half a minute. */
  partitions(topic: string): Promise<number>;
  /** Resolves when the topic has this partition; rejects when it has not, even now. */
  requirePartition(topic: string, partition: number): Promise<void>;
  /** High watermark of every partition. */
  ends(topic: string): Promise<readonly number[]>;
  /** First offset that is still there. */
  starts(topic: string): Promise<readonly number[]>;
  committed(topic: string, group: string): Promise<readonly number[]>;
  check(): Promise<void>;
  close(): Promise<void>;
}

const attempts = 6;

/** True for a protocol error that goes away by itself. Told by its name: the client's error classes are no named exports for Node. */
const isPassing = (cause: unknown): boolean =>
  cause instanceof Error && cause.name === 'KafkaJSProtocolError' && 'retriable' in cause && cause.retriable === true;

/** What kafkajs throws at whoever asks over a connection that another question has just closed. */
const cutOff = (cause: unknown): boolean =>
  cause instanceof TypeError || (cause instanceof Error && cause.name === 'KafkaJSConnectionClosedError');

/** Kept for ever, never compacted; stamped by the broker, as the log's own clock; a request of the largest size ingest takes fits in one batch. */
const topicConfig = [
  { name: 'cleanup.policy', value: 'delete' },
  { name: 'retention.ms', value: '-1' },
  { name: 'retention.bytes', value: '-1' },
  { name: 'message.timestamp.type', value: 'LogAppendTime' },
  { name: 'max.message.bytes', value: '16777216' },
] as const;

const byPartition = <T extends { readonly partition: number }>(rows: readonly T[]): readonly T[] =>
  [...rows].sort((a, b) => a.partition - b.partition);

/** How many partitions of each topic have a leader. */
async function ledPartitions(admin: Admin, topics: readonly TopicSettings[]): Promise<ReadonlyMap<string, number>> {
  const { topics: found } = await admin.fetchTopicMetadata({ topics: topics.map(({ name }) => name) });
  return new Map(found.map(({ name, partitions }) => [name, partitions.filter(({ leader }) => leader >= 0).length]));
}

/** What was created is known to the controller first and to every broker a moment later. */
async function untilLed(admin: Admin, topics: readonly TopicSettings[]): Promise<void> {
  for (let waitMs = 20; ; waitMs = Math.min(waitMs * 2, 500)) {
    const counts = await ledPartitions(admin, topics);
    if (topics.every(({ name, partitions }) => (counts.get(name) ?? 0) >= partitions)) return;
    await sleep(waitMs);
  }
}

/** Every partition's row in order. While a broker starts, partitions without a leader are left out of the answer; taken for all, that would be an end that is not there. */
function whole<T extends { readonly partition: number }>(rows: readonly T[], count: number): readonly T[] {
  if (rows.length >= count) return byPartition(rows);
  throw Object.assign(new Error(`${rows.length} of ${count} partitions have a leader`), { name: 'KafkaJSProtocolError', retriable: true });
}

export function createTopicCatalogue(kafka: Kafka, settings: KafkaSettings): TopicCatalogue {
  let connection: Promise<Admin> | undefined;
  const known = new Map<string, { readonly partitions: number; readonly untilMs: number }>();

  const connect = async (): Promise<Admin> => {
    const admin = kafka.admin();
    await admin.connect();
    return admin;
  };

  async function askOnce<T>(what: string, question: (admin: Admin) => Promise<T>): Promise<T> {
    connection ??= connect();
    const mine = connection;
    try {
      return await within(15_000, what, mine.then(question));
    } catch (cause) {
      // An answer that says no is an answer: the connection stays, for others are asking over it.
      if (!isPassing(cause) && connection === mine) {
        connection = undefined;
        mine.then((admin) => admin.disconnect()).catch(() => undefined);
      }
      throw cause;
    }
  }

  /** Asks again while the answer is "loading" or "ask another broker": both pass, and kafkajs does not repeat these questions itself. */
  async function ask<T>(what: string, question: (admin: Admin) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await askOnce(what, question);
      } catch (cause) {
        const mostAttempts = isPassing(cause) ? attempts : cutOff(cause) ? 3 : 1;
        if (attempt >= mostAttempts) throw logUnavailable(what, cause);
        await sleep(50 * 2 ** attempt);
      }
    }
  }

  const createMissing = async (admin: Admin, missing: readonly TopicSettings[]): Promise<void> => {
    if (missing.length === 0) return;
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map(({ name, partitions }) => ({
        topic: name,
        numPartitions: partitions,
        replicationFactor: settings.replicationFactor ?? kafkaDefaults.replicationFactor,
        configEntries: [...topicConfig],
      })),
    });
  };

  async function partitions(topic: string): Promise<number> {
    const entry = known.get(topic);
    if (entry !== undefined && performance.now() < entry.untilMs) return entry.partitions;
    const count = await ask('tell the partitions of a topic', async (admin) => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      return topics.find(({ name }) => name === topic)?.partitions.length ?? 0;
    });
    known.set(topic, { partitions: count, untilMs: performance.now() + 30_000 });
    return count;
  }

  return {
    ensure: (topics) =>
      ask('create the topics', async (admin) => {
        const existing = new Set(await admin.listTopics());
        await createMissing(
          admin,
          topics.filter(({ name }) => !existing.has(name)),
        );
        const counts = await ledPartitions(admin, topics);
        const growing = topics.filter(({ name, partitions }) => (counts.get(name) ?? 0) < partitions);
        if (growing.length > 0)
          await admin.createPartitions({ topicPartitions: growing.map(({ name, partitions }) => ({ topic: name, count: partitions })) });
        await untilLed(admin, topics);
        for (const { name } of topics) known.delete(name);
      }),
    partitions,
    async requirePartition(topic, partition) {
      if (partition < (await partitions(topic))) return;
      known.delete(topic);
      const count = await partitions(topic);
      if (partition >= count) throw new RangeError(`${topic} has ${count} partitions; there is no partition ${partition}`);
    },
    ends: async (topic) => {
      const count = await partitions(topic);
      return ask('tell the ends of a topic', async (admin) =>
        whole(await admin.fetchTopicOffsets(topic), count).map(({ high }) => Number(high)),
      );
    },
    starts: async (topic) => {
      const count = await partitions(topic);
      return ask('tell the starts of a topic', async (admin) =>
        whole(await admin.fetchTopicOffsets(topic), count).map(({ low }) => Number(low)),
      );
    },
    committed: (topic, group) =>
      ask('tell what a group has committed', async (admin) => {
        const rows = (await admin.fetchOffsets({ groupId: group, topics: [topic] })).flatMap(({ partitions }) => partitions);
        return byPartition(rows).map(({ offset }) => Math.max(0, Number(offset)));
      }),
    check: () =>
      ask('answer', async (admin) => {
        await admin.describeCluster();
      }),
    async close() {
      const closing = connection;
      connection = undefined;
      if (closing !== undefined) await closing.then((admin) => admin.disconnect()).catch(() => undefined);
    },
  };
}
