// The event log on Apache Kafka, through kafkajs; the only package that knows that client.
export { type KafkaEventLog, openKafkaEventLog } from './kafka-event-log.ts';
export { type KafkaSettings, kafkaDefaults } from './kafka-settings.ts';
