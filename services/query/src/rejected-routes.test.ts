import { rejectedTopic, topics } from '@samenhang/events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openQueryWorld, type QueryWorld } from './query-world.fixture.ts';

describe('rejected messages', () => {
  let world: QueryWorld;
  beforeEach(async () => {
    world = await openQueryWorld();
  });
  afterEach(async () => {
    await world[Symbol.asyncDispose]();
  });

  const message = {
    kind: 'rejected',
    id: 'enrich.0.7',
    step: 'enrich',
    code: 'step-failed',
    detail: 'it broke',
    at: { topic: topics.signalsReceived.name, partition: 0, offset: 7, timestampMs: 5 },
    key: 'k',
    headers: { traceparent: 't' },
    bytes: Buffer.from('{"a":1}').toString('base64'),
  };
  const reject = (given: object = {}) =>
    world.log.append(rejectedTopic(topics.signalsReceived.name), [{ key: message.id, value: { ...message, ...given } }]);
  const operate = (url: string, method: 'GET' | 'POST' = 'GET') => world.get(url, { role: 'operator', method });
  const retried = async () => (await world.log.ends(topics.signalsReceived.name))[0];

  test('are listed with their cause and shown with their bytes', async () => {
    await reject();

    expect((await operate('/v1/rejected')).json().items).toMatchObject([{ id: 'enrich.0.7', code: 'step-failed', state: 'waiting' }]);
    expect((await operate('/v1/rejected/enrich.0.7')).json().bytes).toBe(message.bytes);
    expect((await operate('/v1/rejected/enrich.0.8')).statusCode).toBe(404);
  });

  test('are sent again once, however often that is asked for, and it is kept who asked', async () => {
    await reject();

    const answers = [await operate('/v1/rejected/enrich.0.7/retry', 'POST'), await operate('/v1/rejected/enrich.0.7/retry', 'POST')];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect(await retried()).toBe(1);
    expect((await operate('/v1/rejected/enrich.0.7')).json()).toMatchObject({ state: 'retried', settledBy: 'Otto' });
  });

  test('of a webhook are told to it again and to nobody else', async () => {
    await reject({ id: 'notify-ops.0.7', step: 'notify-ops' });

    await operate('/v1/rejected/notify-ops.0.7/retry', 'POST');

    expect(await retried()).toBe(0);
    const [again] = await Array.fromAsync(world.log.read({ topic: topics.notificationsRetried.name, partition: 0, offset: 0 }));
    expect(again).toMatchObject([{ value: { a: 1 }, headers: { 'samenhang-retry-of': 'notify-ops.0.7', 'samenhang-taken-at': '5' } }]);
  });

  test('that were dropped, or are not JSON, are not sent again', async () => {
    await reject();
    await operate('/v1/rejected/enrich.0.7/drop', 'POST');
    await reject({ id: 'enrich.0.9', bytes: Buffer.from('{').toString('base64') });

    expect((await operate('/v1/rejected/enrich.0.7/retry', 'POST')).statusCode).toBe(409);
    expect((await operate('/v1/rejected/enrich.0.9/retry', 'POST')).statusCode).toBe(409);
    expect(await retried()).toBe(0);
  });
});
