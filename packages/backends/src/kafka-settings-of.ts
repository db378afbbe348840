import type { KafkaSettings } from '@samenhang/adapter-kafka';
import { type ProcessSettings, ServiceError } from '@samenhang/runtime';

/** The settings that say how to reach Kafka. */
export type KafkaProcessSettings = Pick<
  ProcessSettings,
  'kafkaBrokers' | 'kafkaTls' | 'kafkaSasl' | 'kafkaUsername' | 'kafkaPassword' | 'kafkaReplicationFactor'
>;

const addresses = (list: string): readonly string[] =>
  list
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');

/** How to reach Kafka; undefined when no broker is named. Throws `config-invalid` when a way to authenticate is named without user and password. */
export function kafkaSettingsOf(settings: KafkaProcessSettings): KafkaSettings | undefined {
  const {
    kafkaBrokers,
    kafkaTls,
    kafkaSasl: mechanism,
    kafkaUsername: username,
    kafkaPassword: password,
    kafkaReplicationFactor,
  } = settings;
  if (kafkaBrokers === undefined) return undefined;
  if (mechanism !== undefined && (username === undefined || password === undefined))
    throw new ServiceError('config-invalid', 'KAFKA_SASL is given without KAFKA_USERNAME and KAFKA_PASSWORD: give all three, or none');
  return {
    brokers: addresses(kafkaBrokers),
    ...(kafkaTls === undefined ? {} : { tls: kafkaTls }),
    ...(mechanism === undefined || username === undefined || password === undefined ? {} : { sasl: { mechanism, username, password } }),
    ...(kafkaReplicationFactor === undefined ? {} : { replicationFactor: kafkaReplicationFactor }),
  };
}
