import { Partitioners } from 'kafkajs';
import { createKafkaClient } from './kafka-client.ts';
import { openKafkaEventLog } from './kafka-event-log.ts';
import type { KafkaSettings } from './kafka-settings.ts';

/** The brokers that the environment names; without them there is nothing to test, and that is a failure. */
export function brokersUnderTest(): readonly string[] {
  const brokers = process.env.KAFKA_BROKERS;
  if (!brokers) throw new Error('KAFKA_BROKERS names no broker: run `npm run test:real`, which brings one up');
  return brokers.split(',');
}

/** A log on the brokers under test, as the contract suite drives it. */
export async function openKafkaUnderTest(more: Partial<KafkaSettings> = {}) {
  const settings: KafkaSettings = { brokers: brokersUnderTest(), ...more };
  let log = await openKafkaEventLog(settings);
  const foreign = createKafkaClient(settings).producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await foreign.connect();
  return {
    get log() {
      return log;
    },
    async reopen() {
      await log[Symbol.asyncDispose]();
      log = await openKafkaEventLog(settings);
    },
    async writeBytes(
      { topic, partition, key }: { readonly topic: string; readonly partition: number; readonly key: string },
      bytes: Uint8Array,
    ) {
      await foreign.send({ topic, messages: [{ key, partition, value: Buffer.from(bytes) }] });
    },
    async [Symbol.asyncDispose]() {
      await log[Symbol.asyncDispose]();
      await foreign.disconnect();
    },
  };
}
