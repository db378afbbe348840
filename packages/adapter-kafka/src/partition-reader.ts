import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveredRecord, Position } from '@samenhang/ports';
import type { Kafka } from 'kafkajs';
import Cluster from 'kafkajs/src/cluster/index.js';
import createSocketFactory from 'kafkajs/src/network/socketFactory.js';
import { clientConfig } from './kafka-client.ts';
import type { KafkaSettings } from './kafka-settings.ts';
import { logUnavailable } from './log-unavailable.ts';
import { decodeMessage } from './record-codec.ts';
import type { TopicCatalogue } from './topic-catalogue.ts';
import { within } from './within.ts';

/** Reads one partition without a group: nothing is joined, committed or rebalanced. */
export interface PartitionReader {
  read(from: Position, maxBatch: number): AsyncIterable<readonly DeliveredRecord[]>;
  close(): Promise<void>;
}

const readCommitted = 1;
const attempts = 5;

export function createPartitionReader(kafka: Kafka, catalogue: TopicCatalogue, settings: KafkaSettings): PartitionReader {
  let connection: Promise<Cluster> | undefined;

  const connect = async (): Promise<Cluster> => {
    const cluster = new Cluster({
      ...clientConfig(settings),
      logger: kafka.logger(),
      socketFactory: createSocketFactory(),
      metadataMaxAge: 30_000,
      allowAutoTopicCreation: false,
    });
    await cluster.connect();
    return cluster;
  };

  async function fetchOnce(from: Position): Promise<readonly DeliveredRecord[]> {
    connection ??= connect();
    const cluster = await connection;
    await cluster.addTargetTopic(from.topic);
    const [nodeId] = Object.keys(cluster.findLeaderForPartitions(from.topic, [from.partition]));
    if (nodeId === undefined) throw new Error(`partition ${from.partition} of ${from.topic} has no leader`);
    const broker = await cluster.findBroker({ nodeId });
    const partition = { partition: from.partition, fetchOffset: String(from.offset), maxBytes: 4_000_000 };
    const answer = await broker.fetch({
      maxWaitTime: 500,
      minBytes: 1,
      maxBytes: 8_000_000,
      isolationLevel: readCommitted,
      topics: [{ topic: from.topic, partitions: [partition] }],
    });
    const messages = answer.responses.flatMap(({ partitions }) => partitions.flatMap((fetched) => fetched.messages));
    return messages
      .filter((message) => message.isControlRecord !== true && Number(message.offset) >= from.offset)
      .map((message) => decodeMessage(from.topic, from.partition, message));
  }

  /** Tries again on a fresh connection: a broker that restarts, or a leader that moved, is nothing that a reader need know. */
  async function fetch(from: Position): Promise<readonly DeliveredRecord[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await within(10_000, 'reading', fetchOnce(from));
      } catch (cause) {
        await disconnect();
        if (attempt === attempts) throw logUnavailable('read a partition', cause);
        await sleep(100 * 2 ** attempt);
      }
    }
  }

  async function disconnect(): Promise<void> {
    const closing = connection;
    connection = undefined;
    if (closing !== undefined) await closing.then((cluster) => cluster.disconnect()).catch(() => undefined);
  }

  async function* read(from: Position, maxBatch: number): AsyncIterable<readonly DeliveredRecord[]> {
    const end = (await catalogue.ends(from.topic))[from.partition] ?? 0;
    const start = (await catalogue.starts(from.topic))[from.partition] ?? 0;
    let offset = Math.max(from.offset, start);
    while (offset < end) {
      const records = await fetch({ ...from, offset });
      const wanted = records.filter((record) => record.offset < end);
      for (let at = 0; at < wanted.length; at += maxBatch) yield wanted.slice(at, at + maxBatch);
      const last = records.at(-1);
      // The end is known to be beyond: an empty answer is a broker that was slow, and the next one will have it.
      if (last !== undefined) offset = last.offset + 1;
    }
  }

  return { read, close: disconnect };
}
