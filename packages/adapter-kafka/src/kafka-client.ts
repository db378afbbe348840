import { Kafka, type KafkaConfig, logLevel } from 'kafkajs';
import { type KafkaSettings, kafkaDefaults, saslOptions } from './kafka-settings.ts';

/** The settings of every connection: bounded retries, so that what fails is told within seconds and taken up again by our own loops. */
export function clientConfig(settings: KafkaSettings): KafkaConfig {
  const { brokers, tls, sasl, say } = settings;
  return {
    brokers: [...brokers],
    clientId: settings.clientId ?? kafkaDefaults.clientId,
    connectionTimeout: 3_000,
    authenticationTimeout: 5_000,
    requestTimeout: 15_000,
    retry: { retries: 4, initialRetryTime: 100, maxRetryTime: 1_500 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => {
      if (entry.level <= logLevel.WARN)
        say?.({ level: entry.level === logLevel.WARN ? 'warn' : 'error', message: `${entry.namespace}: ${entry.log.message}` });
    },
    ...(tls === undefined || tls === false ? {} : { ssl: tls === true ? true : { ...tls } }),
    ...(sasl === undefined ? {} : { sasl: saslOptions(sasl) }),
  };
}

export const createKafkaClient = (settings: KafkaSettings): Kafka => new Kafka(clientConfig(settings));
