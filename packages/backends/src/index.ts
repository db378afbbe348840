// Picks what is outside, by configuration: SQLite files of one data directory, or Kafka and MongoDB. Only `main.ts` files import it.

export { kafkaSettingsOf } from './kafka-settings-of.ts';
export { type BackendSettings, type Backends, openBackends, openForThread } from './open-backends.ts';
