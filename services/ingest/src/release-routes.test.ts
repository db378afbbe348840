import { type Marking, maySee, type Signal, signalId } from '@samenhang/domain';
import { isJudgementReceived, isSignalReceived } from '@samenhang/events';
import {
  createHttpApp,
  createKeyRing,
  createLogger,
  createMetrics,
  createReadiness,
  createStageCounters,
  defaultAudiences,
  type HttpApp,
  Limits,
} from '@samenhang/runtime';
import { anAudience, aPostedSignal } from '@samenhang/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Acceptor, openAcceptor } from './acceptor.ts';
import { createMemoryIdentities, createMemoryLog, type MemoryLog } from './memory-ports.fixture.ts';
import { createReceiptClock } from './receipt-clock.ts';
import { registerReleaseRoute } from './release-routes.ts';

const nowMs = (): number => Date.UTC(2026, 5, 1);
const audiences = [...defaultAudiences, anAudience({ id: 'drill', exercise: 'cmx' })];
const amber: Marking = { tlp: 'amber', communities: ['ras'] };

describe('POST /v1/signals/{id}/release', () => {
  let app: HttpApp;
  let log: MemoryLog;
  let acceptor: Acceptor;
  let [lead, analyst] = ['', ''];

  const received = (): readonly Signal[] => log.records.flatMap(({ value }) => (isSignalReceived(value) ? [value.signal] : []));

  beforeEach(async () => {
    const keys = createKeyRing([], nowMs);
    lead = keys.create({ name: 'lea', role: 'lead', audiences: 'all', sources: [] }).key;
    analyst = keys.create({ name: 'ann', role: 'analyst', audiences: 'all', sources: [] }).key;
    log = createMemoryLog();
    acceptor = await openAcceptor({ log, identities: createMemoryIdentities(), nowMs });
    app = await createHttpApp({
      name: 'ingest',
      logger: createLogger('test', 'silent'),
      keys,
      audiences,
      readiness: createReadiness(),
      metrics: createMetrics(),
      limits: Limits.parse({}),
    });
    registerReleaseRoute(app, {
      acceptor,
      counters: createStageCounters('ingest'),
      log,
      clock: createReceiptClock(nowMs),
      views: {
        async findSignal(audienceId, id) {
          const audience = audiences.find((known) => known.id === audienceId);
          const signal = received().findLast((known) => known.id === id);
          if (audience === undefined || signal === undefined || !maySee(audience, signal.marking)) return undefined;
          const { revision } = signal;
          return {
            id,
            position: 0,
            revision,
            signal,
            enrichment: null,
            observables: [],
            enrichedAt: '',
            queryableAt: '',
            membership: undefined,
          };
        },
      },
    });
  });

  const post = async (given: Parameters<typeof aPostedSignal>[0]): Promise<string> =>
    (await acceptor.accept([aPostedSignal(given)], {}))[0]?.id ?? '';
  const release = (id: string, marking: Marking, { key = lead, audience = 'fusion-cell' } = {}) =>
    app.inject({
      method: 'POST',
      url: `/v1/signals/${id}/release`,
      payload: { marking, reason: 'the press has it' },
      headers: { authorization: `Bearer ${key}`, 'samenhang-audience': audience },
    });

  test('gives the same content its next revision under the wider marking, and says who it was taken from', async () => {
    const id = await post({ marking: amber, title: 'A ship' });

    const answer = await release(id, { tlp: 'clear' });

    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({ id, revision: 2, status: 'accepted' });
    expect(received()).toMatchObject([
      { id, revision: 1, marking: amber },
      { id, revision: 2, marking: { tlp: 'clear' }, title: 'A ship' },
    ]);
  });

  test('keeps who released it and why, for those who could see it before', async () => {
    const id = await post({ marking: amber });
    await release(id, { tlp: 'green', communities: ['ras', 'energy'] });

    const [note] = log.records.flatMap(({ value }) => (isJudgementReceived(value) ? [value.judgement] : []));
    expect(note).toMatchObject({
      kind: 'note',
      about: id,
      reason: 'the press has it',
      text: 'Released to TLP:GREEN ras, energy.',
      marking: amber,
    });
    expect(note?.by).toMatch(/^lea\//);
  });

  test('keeps the id of a signal that its source gave none', async () => {
    const id = await post({ externalId: undefined, marking: amber });

    expect((await release(id, { tlp: 'clear' })).json()).toMatchObject({ id, revision: 2 });
    expect(received().map((signal) => signal.id)).toEqual([id, id]);
  });

  test.each<[string, Marking, Marking]>([
    ['leaves its exercise', { tlp: 'amber', exercise: 'cmx' }, { tlp: 'green' }],
    ['is the same', amber, amber],
    ['is narrower', amber, { tlp: 'red', communities: ['ras'] }],
    ['takes it from somebody', amber, { tlp: 'green', communities: ['energy'] }],
  ])('refuses a marking that %s', async (_, marking, wider) => {
    const answer = await release(await post({ marking }), wider, { audience: 'drill' });

    expect(answer.statusCode).toBe(422);
    expect(answer.json().type).toMatch(/release-not-wider$/);
    expect(log.records).toHaveLength(1);
  });

  test('answers alike for a signal that is not there and one that the audience may not see, and is for leads alone', async () => {
    const secret = await post({ marking: { tlp: 'red' } });
    const asPublic = (id: string) => release(id, { tlp: 'clear' }, { audience: 'public' });

    const [absent, forbidden] = [await asPublic(signalId('s', 'absent')), await asPublic(secret)];

    expect([absent.statusCode, forbidden.statusCode]).toEqual([404, 404]);
    expect(forbidden.json().detail).toBe(absent.json().detail);
    expect((await release(secret, { tlp: 'clear' }, { key: analyst })).statusCode).toBe(403);
  });
});
