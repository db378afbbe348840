import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DeliveredRecord, EventLog, Position } from '@samenhang/ports';
import { ServiceError } from '@samenhang/runtime';
import { openAnnouncements } from './announcements.ts';
import type { BackOffSettings } from './back-off.ts';
import { openCommittedOffsets } from './committed-offsets.ts';
import { type ConsumerGroup, createConsumerGroup } from './consumer-group.ts';
import { openTopicLog, type TopicLog } from './topic-log.ts';

export interface EmbeddedEventLogSettings {
  /** The data directory; topics are `log/<topic>.db` in it. */
  readonly directory: string;
  /** How often files are looked at for what another process wrote; what this process writes is seen at once. Default 250. */
  readonly pollMs?: number;
  /** JSON characters of newest records held in memory per partition while someone follows it; default 8 Mi. */
  readonly recentChars?: number;
  readonly backOff?: BackOffSettings;
  readonly now?: () => number;
  /** Makes a file descriptor durable; `fdatasync` unless a test has it fail. */
  readonly synchronise?: (descriptor: number) => Promise<void>;
}

const topicName = /^[a-z0-9][a-z0-9._-]{0,200}$/;

/**
 * An event log in SQLite files, one per topic, written with group commit. Threads and processes that open the same directory see each other's
 * records; the consumers of a group share partitions within one open log only.
 */
export async function openEmbeddedEventLog(settings: EmbeddedEventLogSettings): Promise<EventLog> {
  const { pollMs = 250, recentChars = 8 * 1024 * 1024, backOff = { firstMs: 100, mostMs: 10_000 }, now = Date.now, synchronise } = settings;
  const directory = resolve(settings.directory, 'log');
  const offsets = openCommittedOffsets(resolve(settings.directory, 'offsets.db'));
  const topics = new Map<string, TopicLog>();
  const groups = new Map<string, ConsumerGroup>();
  const subscriptions = new Set<AsyncDisposable>();
  const announcements = openAnnouncements(directory, (topic) => void refresh(topics.get(topic)));
  const polling = setInterval(() => {
    for (const topic of topics.values()) if (topic.waiters.any()) void refresh(topic);
  }, pollMs).unref();
  let closed = false;

  const fileOf = (topic: string): string => join(directory, `${topic}.db`);

  function open(name: string): TopicLog {
    if (closed) throw new ServiceError('log-unavailable', 'the log is closed');
    const known = topics.get(name);
    if (known !== undefined) return known;
    if (!topicName.test(name)) throw new RangeError(`not a topic name: ${JSON.stringify(name)}`);
    const topic = openTopicLog({ name, file: fileOf(name), recentChars, now, ...(synchronise === undefined ? {} : { synchronise }) });
    topics.set(name, topic);
    return topic;
  }

  function existing(name: string): TopicLog {
    if (!closed && !topics.has(name) && !existsSync(fileOf(name))) throw new ServiceError('log-unavailable', `there is no topic ${name}`);
    return open(name);
  }

  async function refresh(topic: TopicLog | undefined): Promise<void> {
    if (topic === undefined || closed) return;
    const before = topic.knownEnds().length;
    // What cannot be looked at now is looked at again at the next poll; `check` tells why it could not.
    const after = await topic.refresh().catch(() => topic.knownEnds());
    if (after.length !== before) await shareOut(topic.name);
  }

  const shareOut = async (topic: string): Promise<void> => {
    for (const [key, group] of groups) if (key.startsWith(`${topic} `)) await group.share();
  };

  function groupOf(topic: TopicLog, name: string): ConsumerGroup {
    const key = `${topic.name} ${name}`;
    const group = groups.get(key) ?? createConsumerGroup(topic, offsets, backOff);
    groups.set(key, group);
    return group;
  }

  async function* readTo(
    topic: TopicLog,
    from: Position,
    ends: Promise<readonly number[]>,
    maxBatch: number,
  ): AsyncGenerator<readonly DeliveredRecord[]> {
    const end = (await ends)[from.partition] ?? 0;
    for (let next = from.offset; next < end; ) {
      const batch = topic.read(from.partition, next, end, maxBatch);
      if (batch.length === 0) return;
      next = (batch.at(-1)?.offset ?? next) + 1;
      yield batch;
      await nextTurn();
    }
  }

  return {
    async ensureTopics(wanted) {
      for (const { name, partitions } of wanted) {
        const topic = open(name);
        await topic.ensurePartitions(partitions);
        await shareOut(name);
      }
    },
    async append(topic, records) {
      const positions = await existing(topic).append(records);
      if (positions.length > 0) announcements.tell(topic);
      return positions;
    },
    async subscribe(subscription) {
      const topic = existing(subscription.topic);
      await topic.refresh();
      const membership = await groupOf(topic, subscription.group).join(subscription);
      subscriptions.add(membership);
      return {
        async [Symbol.asyncDispose]() {
          subscriptions.delete(membership);
          await membership[Symbol.asyncDispose]();
        },
      };
    },
    read(from, options) {
      const topic = existing(from.topic);
      const ends = topic.refresh().then((now) => [...now]);
      return readTo(topic, from, ends, options?.maxBatch ?? 500);
    },
    ends: async (topic) => [...(await existing(topic).refresh())],
    async committed(topic, group) {
      const ends = await existing(topic).refresh();
      const kept = offsets.find(topic, group);
      return ends.map((_, partition) => kept.get(partition) ?? 0);
    },
    async check() {
      if (closed) throw new ServiceError('log-unavailable', 'the log is closed');
      offsets.check();
      for (const name of topics.keys()) statSync(fileOf(name));
    },
    async [Symbol.asyncDispose]() {
      if (closed) return;
      await Promise.all([...subscriptions].map((subscription) => subscription[Symbol.asyncDispose]()));
      closed = true;
      clearInterval(polling);
      announcements[Symbol.dispose]();
      for (const topic of topics.values()) await topic[Symbol.asyncDispose]();
      offsets[Symbol.dispose]();
    },
  };
}
