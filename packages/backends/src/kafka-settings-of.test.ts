import { expect, it } from 'vitest';
import { kafkaSettingsOf } from './kafka-settings-of.ts';

it('reads the brokers and passes on TLS, SASL and replication', () => {
  const settings = kafkaSettingsOf({
    kafkaBrokers: 'a:9092, b:9092,',
    kafkaTls: true,
    kafkaSasl: 'scram-sha-512',
    kafkaUsername: 'u',
    kafkaPassword: 'p',
    kafkaReplicationFactor: 3,
  });

  expect(settings).toEqual({
    brokers: ['a:9092', 'b:9092'],
    tls: true,
    sasl: { mechanism: 'scram-sha-512', username: 'u', password: 'p' },
    replicationFactor: 3,
  });
});

it('is undefined without brokers, and refuses a way to authenticate without user or password', () => {
  expect(kafkaSettingsOf({})).toBeUndefined();
  expect(() => kafkaSettingsOf({ kafkaBrokers: 'a:9092', kafkaSasl: 'plain', kafkaUsername: 'u' })).toThrow('KAFKA_PASSWORD');
});
