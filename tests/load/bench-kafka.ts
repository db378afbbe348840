import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedEventLog } from '@samenhang/adapter-embedded';
import { openKafkaEventLog } from '@samenhang/adapter-kafka';
import { measureBareClient } from '@samenhang/adapter-kafka/bench';
import type { EventLog } from '@samenhang/ports';
import { startServers } from '../../scripts/servers/start-servers.ts';
import { type BenchRow, compared } from './bench-row.ts';

const batch = 500;
const partitions = 4;
const sampleOf = (number: number) => ({ number, text: 'x'.repeat(1_200) });

/** Appends and then consumes so many records of about 1.25 kB; records per second of each. */
async function measureLog(log: EventLog, topic: string, size: number): Promise<{ readonly appended: number; readonly consumed: number }> {
  await log.ensureTopics([{ name: topic, partitions }]);
  const began = performance.now();
  for (let at = 0; at < size; at += batch) {
    await log.append(
      topic,
      Array.from({ length: Math.min(batch, size - at) }, (_none, index) => ({ key: String(at + index), value: sampleOf(at + index) })),
    );
  }
  const appended = (size * 1_000) / (performance.now() - began);
  let [seen, first] = [0, 0];
  const all = Promise.withResolvers<number>();
  const subscription = await log.subscribe({
    topic,
    group: `bench-${topic}`,
    maxBatch: batch,
    async handle(records) {
      first ||= performance.now();
      seen += records.length;
      if (seen >= size) all.resolve((size * 1_000) / (performance.now() - first));
    },
  });
  const consumed = await all.promise;
  await subscription[Symbol.asyncDispose]();
  return { appended, consumed };
}

/** The log on Kafka, next to the bare client with the same bytes on the same broker, and to the embedded log. Says nothing about a cluster's speed. */
export async function benchKafka(size: number): Promise<readonly BenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'samenhang-bench-kafka-'));
  const { KAFKA_BROKERS: brokers, MONGODB_URI: mongodbUri } = process.env;
  const servers = await startServers({ directory, ...(brokers ? { brokers } : {}), ...(mongodbUri ? { mongodbUri } : {}) });
  try {
    const addresses = servers.kafka.address.split(',');
    await using log = await openKafkaEventLog({ brokers: addresses });
    await using embedded = await openEmbeddedEventLog({ directory: join(directory, 'embedded') });
    const suffix = String(Date.now());
    const bareTopic = `bench-bare-${suffix}`;
    await log.ensureTopics([{ name: bareTopic, partitions }]);
    const values = Array.from({ length: size }, (_none, number) => Buffer.from(JSON.stringify(sampleOf(number))));
    const warmTopic = `bench-warm-${suffix}`;
    await log.ensureTopics([{ name: warmTopic, partitions }]);
    // A broker that has just started is compiling its code: whoever came first would be measured at half its speed.
    await measureBareClient({ brokers: addresses, topic: warmTopic, values: values.slice(0, Math.ceil(size / 2)), batch });
    const bare = await measureBareClient({ brokers: addresses, topic: bareTopic, values, batch });
    const ours = await measureLog(log, `bench-${suffix}`, size);
    const local = await measureLog(embedded, 'bench', size);
    const note = `${servers.kafka.name} (${servers.kafka.how}), every batch flushed to the disk`;
    return [
      compared({
        name: 'kafka: append',
        value: ours.appended,
        unit: 'records/s',
        baseline: bare.producedPerSecond,
        note: `baseline: bare kafkajs; ${note}`,
      }),
      compared({
        name: 'kafka: consume',
        value: ours.consumed,
        unit: 'records/s',
        baseline: bare.consumedPerSecond,
        note: 'baseline: bare kafkajs, a commit per fetch',
      }),
      compared({ name: 'kafka: append next to embedded', value: ours.appended, unit: 'records/s', baseline: local.appended }),
      compared({ name: 'kafka: consume next to embedded', value: ours.consumed, unit: 'records/s', baseline: local.consumed }),
    ];
  } finally {
    await servers.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
