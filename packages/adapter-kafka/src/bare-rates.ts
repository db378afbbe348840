import { Partitioners } from 'kafkajs';
import { createKafkaClient } from './kafka-client.ts';

export interface BareRates {
  readonly producedPerSecond: number;
  readonly consumedPerSecond: number;
}

export interface BareRun {
  readonly brokers: readonly string[];
  readonly topic: string;
  /** What is sent, in messages of `batch` each, with acks from all, one request in flight and idempotence, as the adapter does. */
  readonly values: readonly Buffer[];
  readonly batch: number;
}

/** What the client alone does with the same bytes: the baseline of the bench. Consuming commits after every batch. */
export async function measureBareClient({ brokers, topic, values, batch }: BareRun): Promise<BareRates> {
  const kafka = createKafkaClient({ brokers });
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const began = performance.now();
  for (let at = 0; at < values.length; at += batch) {
    await producer.send({
      topic,
      acks: -1,
      messages: values.slice(at, at + batch).map((value, index) => ({ key: String(at + index), value })),
    });
  }
  const producedPerSecond = (values.length * 1_000) / (performance.now() - began);
  await producer.disconnect();
  return { producedPerSecond, consumedPerSecond: await consume(brokers, topic, values.length) };
}

async function consume(brokers: readonly string[], topic: string, count: number): Promise<number> {
  const consumer = createKafkaClient({ brokers }).consumer({ groupId: `bare-${topic}`, maxWaitTimeInMs: 500 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  let [seen, first] = [0, 0];
  const all = Promise.withResolvers<number>();
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    eachBatch: async ({ batch, resolveOffset, commitOffsetsIfNecessary }) => {
      first ||= performance.now();
      const { partition, messages } = batch;
      for (const { value } of messages) JSON.parse(value?.toString('utf8') ?? 'null');
      const next = String(Number(batch.lastOffset()) + 1);
      await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: next }] }] });
      resolveOffset(batch.lastOffset());
      seen += messages.length;
      if (seen >= count) all.resolve((count * 1_000) / (performance.now() - first));
    },
  });
  const rate = await all.promise;
  await consumer.stop();
  await consumer.disconnect();
  return rate;
}
