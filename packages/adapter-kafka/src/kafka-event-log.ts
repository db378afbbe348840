import type { EventLog } from '@samenhang/ports';
import { ServiceError } from '@samenhang/runtime';
import { createAppender } from './appender.ts';
import { createGroupConsumer, type GroupConsumer } from './group-consumer.ts';
import { createKafkaClient } from './kafka-client.ts';
import { type KafkaSettings, kafkaDefaults } from './kafka-settings.ts';
import { createPartitionReader } from './partition-reader.ts';
import { createTopicCatalogue } from './topic-catalogue.ts';
import { within } from './within.ts';

/** The event log of a Kafka cluster: every guarantee of the port, on topics that are kept for ever. */
export type KafkaEventLog = EventLog;

/**
 * Opens the log. Nothing is connected before it is needed, so it opens while the cluster is away; what is asked then waits its deadline and is rejected
 * as `log-unavailable`, and subscriptions go on trying.
 */
export function openKafkaEventLog(settings: KafkaSettings): Promise<KafkaEventLog> {
  const kafka = createKafkaClient(settings);
  const catalogue = createTopicCatalogue(kafka, settings);
  const consumers = new Set<GroupConsumer>();
  const permit = (): void => {
    for (const consumer of consumers) {
      if (!consumer.leaseValid())
        throw new ServiceError(
          'log-unavailable',
          'This process was out of touch with its group and may not append before it has joined again.',
        );
    }
  };
  const appender = createAppender({ kafka, catalogue, settings, permit });
  const reader = createPartitionReader(kafka, catalogue, settings);

  return Promise.resolve({
    ensureTopics: (topics) => catalogue.ensure(topics),
    append: (topic, records) => appender.append(topic, records),
    subscribe(subscription) {
      const consumer = createGroupConsumer({ kafka, catalogue, settings, subscription });
      consumers.add(consumer);
      return Promise.resolve({
        async [Symbol.asyncDispose]() {
          await consumer.stop();
          consumers.delete(consumer);
        },
      });
    },
    read: (from, options = {}) => reader.read(from, options.maxBatch ?? 500),
    ends: (topic) => catalogue.ends(topic),
    committed: (topic, group) => catalogue.committed(topic, group),
    async check() {
      for (const consumer of consumers) consumer.check();
      await catalogue.check();
    },
    async [Symbol.asyncDispose]() {
      const closing = Promise.all([...consumers].map((consumer) => consumer.stop())).then(async () => {
        await appender.close();
        await Promise.all([reader.close(), catalogue.close()]);
      });
      await within(settings.closeDeadlineMs ?? kafkaDefaults.closeDeadlineMs, 'closing', closing).catch(() => undefined);
    },
  });
}
