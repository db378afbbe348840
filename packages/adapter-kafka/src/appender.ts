import { setTimeout as sleep } from 'node:timers/promises';
import type { LogRecord, Position } from '@samenhang/ports';
import { CompressionTypes, type Kafka, type Message, Partitioners, type Producer, type RecordMetadata } from 'kafkajs';
import { type KafkaSettings, kafkaDefaults } from './kafka-settings.ts';
import { logUnavailable } from './log-unavailable.ts';
import { partitionOfKey } from './partition-of-key.ts';
import { encodeRecord } from './record-codec.ts';
import type { TopicCatalogue } from './topic-catalogue.ts';
import { within } from './within.ts';

/** Appends with one request in flight: order per partition holds, and the idempotent producer never sees its own sequence overtaken (kafkajs #598). */
export interface Appender {
  append(topic: string, records: readonly LogRecord[]): Promise<readonly Position[]>;
  close(): Promise<void>;
}

interface Append {
  readonly topic: string;
  /** Partitions of the topic when it was appended to. */
  readonly partitions: number;
  readonly positions: Position[];
  left: number;
  failed: boolean;
  done(positions: readonly Position[]): void;
  fail(error: unknown): void;
}

interface Item {
  readonly append: Append;
  readonly at: number;
  readonly partition: number;
  readonly message: Message;
  readonly bytes: number;
}

/** One request carries about so much, so that no partition's batch nears the broker's limit. */
const requestBytes = 900_000;

export interface AppenderParts {
  readonly kafka: Kafka;
  readonly catalogue: TopicCatalogue;
  readonly settings: KafkaSettings;
  /** Throws when this process may not append now. */
  permit(): void;
}

export function createAppender({ kafka, catalogue, settings, permit }: AppenderParts): Appender {
  const deadlineMs = settings.appendDeadlineMs ?? kafkaDefaults.appendDeadlineMs;
  const compression = settings.compression === 'gzip' ? CompressionTypes.GZIP : CompressionTypes.None;
  const queue: Item[] = [];
  const seenPartitions = new Map<string, number>();
  let producer: Producer | undefined;
  let pumping: Promise<void> | undefined;

  /** A producer with an id of its own. Just after a broker's start it answers "loading"; that passes, so it is asked again until the deadline. */
  async function connected(): Promise<Producer> {
    if (producer !== undefined) return producer;
    const until = performance.now() + deadlineMs;
    for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, 1_000)) {
      const fresh = kafka.producer({
        idempotent: true,
        maxInFlightRequests: 1,
        createPartitioner: Partitioners.DefaultPartitioner,
        allowAutoTopicCreation: false,
        metadataMaxAge: 30_000,
      });
      try {
        await within(deadlineMs, 'connecting', fresh.connect());
        producer = fresh;
        return fresh;
      } catch (cause) {
        fresh.disconnect().catch(() => undefined);
        if (performance.now() + waitMs > until) throw cause;
        await sleep(waitMs);
      }
    }
  }

  /** The client's picture of a topic is half a minute old at worst; a topic that has grown since needs a new one, or its new partitions would be unknown. */
  function renewForGrownTopics(items: readonly Item[]): void {
    for (const { append } of items) {
      if ((seenPartitions.get(append.topic) ?? append.partitions) < append.partitions) discardProducer();
      seenPartitions.set(append.topic, append.partitions);
    }
  }

  async function sendRound(items: readonly Item[]): Promise<void> {
    permit();
    renewForGrownTopics(items);
    const current = await connected();
    permit();
    const byTopic = Map.groupBy(items, (item) => item.append.topic);
    const topicMessages = [...byTopic].map(([topic, own]) => ({ topic, messages: own.map(({ message }) => message) }));
    const answer = await within(deadlineMs, 'appending', current.sendBatch({ acks: -1, timeout: deadlineMs, compression, topicMessages }));
    settle(items, firstOffsets(items, answer));
  }

  /** After a failure it is unknown what arrived, and the next send with the same sequence number could pass for a duplicate: only a new producer is safe. */
  function discardProducer(): void {
    producer?.disconnect().catch(() => undefined);
    producer = undefined;
    seenPartitions.clear();
  }

  async function pump(): Promise<void> {
    while (queue.length > 0) {
      const round = takeRound(queue);
      try {
        await sendRound(round);
      } catch (cause) {
        discardProducer();
        const error = logUnavailable('make the records durable', cause);
        for (const { append } of round) failAppend(append, error);
        removeFailed(queue);
      }
    }
  }

  return {
    async append(topic, records) {
      if (records.length === 0) return [];
      permit();
      await catalogue.requirePartition(
        topic,
        records.reduce((most, record) => Math.max(most, record.partition ?? 0), 0),
      );
      const partitions = await catalogue.partitions(topic);
      return new Promise((done, fail) => {
        const append: Append = { topic, partitions, positions: [], left: records.length, failed: false, done, fail };
        for (const [at, record] of records.entries()) {
          const partition = record.partition ?? partitionOfKey(topic, record.key, partitions);
          const message = encodeRecord(record, partition);
          queue.push({ append, at, partition, message, bytes: message.value.length + 200 });
        }
        pumping ??= pump().finally(() => {
          pumping = undefined;
        });
      });
    },
    async close() {
      await pumping;
      await producer?.disconnect();
    },
  };
}

/** Takes from the front of the queue what fits in one request; at least one record. */
function takeRound(queue: Item[]): readonly Item[] {
  let bytes = 0;
  let count = 0;
  for (const item of queue) {
    if (count > 0 && bytes + item.bytes > requestBytes) break;
    bytes += item.bytes;
    count++;
  }
  return queue.splice(0, count);
}

function failAppend(append: Append, error: unknown): void {
  append.failed = true;
  append.fail(error);
}

function removeFailed(queue: Item[]): void {
  const going = queue.filter(({ append }) => !append.failed);
  queue.splice(0, queue.length, ...going);
}

const partitionKey = (topic: string, partition: number): string => `${topic}/${partition}`;

/** The offset of the first record per partition; throws when the broker did not confirm one, as kafkajs sends nothing, and says nothing, for a partition it does not know. */
function firstOffsets(items: readonly Item[], answer: readonly RecordMetadata[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const { topicName, partition, errorCode, baseOffset } of answer) {
    const offset = Number(baseOffset ?? -1);
    if (errorCode === 0 && offset >= 0) first.set(partitionKey(topicName, partition), offset);
  }
  for (const { append, partition } of items) {
    if (!first.has(partitionKey(append.topic, partition))) throw new Error(`partition ${partition} of ${append.topic} was not confirmed`);
  }
  return first;
}

function settle(items: readonly Item[], first: ReadonlyMap<string, number>): void {
  const next = new Map(first);
  for (const { append, at, partition } of items) {
    const key = partitionKey(append.topic, partition);
    const offset = next.get(key) ?? 0;
    next.set(key, offset + 1);
    append.positions[at] = { topic: append.topic, partition, offset };
    append.left--;
    if (append.left === 0) append.done(append.positions);
  }
}
