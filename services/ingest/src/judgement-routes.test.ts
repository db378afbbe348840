import { type Marking, signalId } from '@samenhang/domain';
import { isJudgementReceived } from '@samenhang/events';
import type { StoredSignal } from '@samenhang/ports';
import {
  createHttpApp,
  createKeyRing,
  createLogger,
  createMetrics,
  createReadiness,
  defaultAudiences,
  type HttpApp,
  Limits,
} from '@samenhang/runtime';
import { aSignal } from '@samenhang/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { registerJudgementRoutes } from './judgement-routes.ts';
import { createMemoryLog, type MemoryLog } from './memory-ports.fixture.ts';
import { createReceiptClock } from './receipt-clock.ts';

const nowMs = (): number => Date.UTC(2026, 5, 1);
const [a, b, secret] = ['a', 'b', 'secret'].map((name) => signalId('s', name));
const markings = new Map<string | undefined, Marking>([
  [a, { tlp: 'green' }],
  [b, { tlp: 'amber', communities: ['ras'] }],
  [secret, { tlp: 'red' }],
]);

describe('POST /v1/judgements', () => {
  let app: HttpApp;
  let log: MemoryLog;
  let [ann, bob, lead, adapter] = ['', '', '', ''];

  beforeEach(async () => {
    const keys = createKeyRing([], nowMs);
    const make = (name: string, role: 'analyst' | 'lead' | 'adapter') => keys.create({ name, role, audiences: 'all', sources: [] }).key;
    [ann, bob, lead, adapter] = [make('ann', 'analyst'), make('bob', 'analyst'), make('lea', 'lead'), make('x', 'adapter')];
    log = createMemoryLog();
    app = await createHttpApp({
      name: 'ingest',
      logger: createLogger('test', 'silent'),
      keys,
      audiences: defaultAudiences,
      readiness: createReadiness(),
      metrics: createMetrics(),
      limits: Limits.parse({}),
    });
    registerJudgementRoutes(app, {
      log,
      clock: createReceiptClock(nowMs),
      views: {
        async findSignal(audience, id): Promise<StoredSignal | undefined> {
          const marking = markings.get(id);
          if (marking === undefined || (id === secret && audience !== 'fusion-cell')) return undefined;
          return {
            id,
            position: 0,
            revision: 1,
            signal: aSignal({ marking }),
            enrichment: null,
            observables: [],
            enrichedAt: '',
            queryableAt: '',
            membership: undefined,
          };
        },
        findIncident: async () => undefined,
      },
    });
  });

  const judge = (body: object, key = ann, headers: Record<string, string> = {}, path = '/v1/judgements') =>
    app.inject({ method: 'POST', url: path, payload: body, headers: { authorization: `Bearer ${key}`, ...headers } });
  const judged = () => log.records.flatMap(({ value }) => (isJudgementReceived(value) ? [value.judgement] : []));
  const amber = { marking: { tlp: 'amber', communities: ['ras'] } };

  test('keeps who judged what, and when', async () => {
    const answer = await judge({ kind: 'same', a, b, reason: 'one ship', ...amber });

    expect(answer.statusCode).toBe(202);
    expect(judged()).toMatchObject([{ kind: 'same', a, b, id: answer.json().id, revoked: false, at: '2026-06-01T00:00:00.000000Z' }]);
    expect(judged()[0]?.by).toMatch(/^ann\/[0-9a-f]{8}$/);
  });

  test('refuses a judgement that would be seen more widely than what it is about', async () => {
    const answers = await Promise.all([
      judge({ kind: 'same', a, b, marking: { tlp: 'green' } }),
      judge({ kind: 'same', a, b, marking: { tlp: 'amber' } }),
      judge({ kind: 'note', about: a, text: 'x', marking: { tlp: 'red' } }, ann, { 'samenhang-audience': 'ras-community' }),
    ]);

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([422, 422, 422]);
    expect(judged()).toEqual([]);
  });

  test('answers alike for a signal that is not there and one that the audience may not see', async () => {
    const about = (id: string | undefined) =>
      judge({ kind: 'status', about: id, status: 'closed', marking: { tlp: 'red' } }, ann, { 'samenhang-audience': 'public' });
    const [absent, forbidden] = [await about(signalId('s', 'absent')), await about(secret)];

    expect(forbidden.statusCode).toBe(404);
    expect(forbidden.body).toBe(absent.body);
  });

  test('takes the same judgement once under an idempotency key', async () => {
    const send = () => judge({ kind: 'note', about: a, text: 'x', marking: { tlp: 'green' } }, ann, { 'idempotency-key': 'k' });

    expect((await send()).json().id).toBe((await send()).json().id);
  });

  test('refuses a judgement about a revision that is no more', async () => {
    const answer = await judge({ kind: 'status', about: a, status: 'closed', marking: { tlp: 'green' } }, ann, { 'if-match': '"7"' });

    expect(answer.statusCode).toBe(412);
  });

  test('lets its author and a lead revoke it, and nobody else', async () => {
    const { id } = (await judge({ kind: 'not-same', a, b, ...amber })).json();
    const revoke = (key: string) => judge({ reason: 'no' }, key, {}, `/v1/judgements/${id}/revoke`);

    expect((await revoke(bob)).statusCode).toBe(403);
    expect((await revoke(ann)).statusCode).toBe(202);
    expect((await revoke(lead)).statusCode).toBe(202);
    expect(judged().map(({ revoked }) => revoked)).toEqual([false, true, true]);
    expect((await judge({ reason: 'no' }, ann, {}, `/v1/judgements/${signalId('s', 'none')}/revoke`)).statusCode).toBe(404);
  });

  test('is not for adapters, and says what is wrong with a body', async () => {
    expect((await judge({ kind: 'same', a, b, ...amber }, adapter)).statusCode).toBe(403);
    expect((await judge({ kind: 'same', a, ...amber })).json()).toMatchObject({ status: 400, errors: [{ pointer: '/body/b' }] });
  });
});
