import { Kafka, logLevel } from 'kafkajs';
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import { expect, it } from 'vitest';

it('arms no timer on a connection with nothing pending (kafkajs #1751, our patch)', () => {
  const logger = new Kafka({ brokers: ['127.0.0.1:1'], logLevel: logLevel.NOTHING }).logger();
  const queue = new RequestQueue({
    instrumentationEmitter: null,
    maxInFlightRequests: null,
    requestTimeout: 1_000,
    enforceRequestTimeout: false,
    clientId: 'test',
    broker: '127.0.0.1:1',
    logger,
  });

  queue.checkPendingRequests();

  expect(queue.throttleCheckTimeoutId).toBeNull();
  queue.destroy();
});
