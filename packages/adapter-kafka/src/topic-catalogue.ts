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
  /** High watermark of every partition. */
  ends(topic: string): Promise<readonly number[]>;
  /** First offset that is still there. */
  starts(topic: string): Promise<readonly number[]>;
  committed(topic: string, group: string): Promise<readonly number[]>;
  check(): Promise<void>;
  close(): Promise<void>;
}

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

export function createTopicCatalogue(kafka: Kafka, settings: KafkaSettings): TopicCatalogue {
  let connection: Promise<Admin> | undefined;
  const known = new Map<string, { readonly partitions: number; readonly untilMs: number }>();

  const connect = async (): Promise<Admin> => {
    const admin = kafka.admin();
    await admin.connect();
    return admin;
  };

  async function ask<T>(what: string, question: (admin: Admin) => Promise<T>): Promise<T> {
    connection ??= connect();
    const mine = connection;
    try {
      return await within(15_000, what, mine.then(question));
    } catch (cause) {
      if (connection === mine) connection = undefined;
      mine.then((admin) => admin.disconnect()).catch(() => undefined);
      throw logUnavailable(what, cause);
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

  return {
    ensure: (topics) =>
      ask('create the topics', async (admin) => {
        const existing = new Set(await admin.listTopics());
        await createMissing(
          admin,
          topics.filter(({ name }) => !existing.has(name)),
        );
        const { topics: found } = await admin.fetchTopicMetadata({ topics: topics.map(({ name }) => name) });
        const counts = new Map(found.map(({ name, partitions }) => [name, partitions.length]));
        const growing = topics.filter(({ name, partitions }) => (counts.get(name) ?? 0) < partitions);
        if (growing.length > 0)
          await admin.createPartitions({ topicPartitions: growing.map(({ name, partitions }) => ({ topic: name, count: partitions })) });
        for (const { name } of topics) known.delete(name);
      }),
    async partitions(topic) {
      const entry = known.get(topic);
      if (entry !== undefined && performance.now() < entry.untilMs) return entry.partitions;
      const count = await ask('tell the partitions of a topic', async (admin) => {
        const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
        return topics.find(({ name }) => name === topic)?.partitions.length ?? 0;
      });
      known.set(topic, { partitions: count, untilMs: performance.now() + 30_000 });
      return count;
    },
    ends: (topic) =>
      ask('tell the ends of a topic', async (admin) => byPartition(await admin.fetchTopicOffsets(topic)).map(({ high }) => Number(high))),
    starts: (topic) =>
      ask('tell the starts of a topic', async (admin) => byPartition(await admin.fetchTopicOffsets(topic)).map(({ low }) => Number(low))),
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
