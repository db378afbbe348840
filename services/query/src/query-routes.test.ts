import type { Link } from '@samenhang/domain';
import { rejectedTopic, topics } from '@samenhang/events';
import { ProblemDocument } from '@samenhang/runtime';
import { aSignal } from '@samenhang/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openQueryWorld, type QueryWorld } from './query-world.fixture.ts';
import { IncidentDetail, IncidentPage, MeDocument, ObservableDocument, SignalDocument } from './schemas.ts';

const report = (number: number, given: Parameters<typeof aSignal>[0] = {}) =>
  aSignal({ externalId: `r-${number}`, title: `Report ${number}`, ...given });
const linkOf = (a: string, b: string, kind: Link['kind'] = 'link'): Link => {
  const [first, second] = a < b ? [a, b] : [b, a];
  return {
    a: first,
    b: second,
    kind,
    bits: 6,
    evidence: [
      { kind: 'domain', bits: 6.5, says: 'both hold a domain' },
      { kind: 'bias', bits: -0.5, says: 'chance' },
    ],
  };
};

describe('the query routes', () => {
  let world: QueryWorld;
  beforeEach(async () => {
    world = await openQueryWorld();
  });
  afterEach(async () => {
    await world[Symbol.asyncDispose]();
  });
  const idsOf = async (query: string) => {
    const answer = await world.get(`/v1/incidents?${query}`);
    expect(answer.statusCode).toBe(200);
    return IncidentPage.parse(answer.json()).items.map(({ id }) => id);
  };

  describe('GET /v1/incidents', () => {
    test('leaves single reports out unless they are asked for', async () => {
      const [a, b, alone] = [report(1), report(2), report(3)];
      await world.keep({ members: [a, b], links: [linkOf(a.id, b.id)] });
      await world.keep({ members: [alone] });

      expect(await idsOf('')).toEqual([a.id]);
      expect(new Set(await idsOf('minSize=1'))).toEqual(new Set([a.id, alone.id]));
    });

    test('gives members and links when they are asked for', async () => {
      const [a, b] = [report(1), report(2)];
      await world.keep({ members: [a, b], links: [linkOf(a.id, b.id)] });

      const bare = (await world.get('/v1/incidents')).json().items[0];
      const full = (await world.get('/v1/incidents?include=members,links')).json().items[0];

      expect(bare.members).toBeUndefined();
      expect(full.members.map(({ id }: { id: string }) => id)).toEqual([a.id, b.id].sort());
      expect(full.links).toEqual([linkOf(a.id, b.id)]);
    });

    test.each([
      ['country=nl', true],
      ['country=BE', false],
      ['theme=Digital', true],
      ['theme=military', false],
      ['place=ODESA', true],
      ['place=Kyiv', false],
      ['severity=low', true],
      ['severity=high', false],
      ['tlp=green', true],
      ['tlp=red', false],
      ['changedSince=0', true],
      ['changedSince=999', false],
      ['sector=ports', true],
      ['technique=T1059', true],
      ['technique=attack:T1059', true],
      ['technique=disarm:T1059', false],
      ['sourceType=ras', true],
      ['sourceType=sector', false],
      ['source=ras-fi', true],
      ['observable=domain:evil%5B.%5Dexample', true],
      ['observable=domain:other.example', false],
      ['text=TRAWLER%20kable', true],
      ['text=trawler%20absent', false],
      ['text=%E6%B5%B7%E5%BA%95', true],
      ['from=2026-03-02', true],
      ['from=2026-03-03', false],
      ['to=2026-02', false],
      ['status=new', true],
      ['status=closed', false],
      ['sourceType=ras&country=NL&text=trawler&theme=digital', true],
    ])('filters by %s', async (query, found) => {
      const a = report(1, {
        title: 'A trawler above the Kåble 海底電纜',
        places: [{ country: 'NL', name: 'Odésa' }],
        themes: ['digital'],
        sectors: ['ports'],
      });
      const b = report(2, {
        source: 'ras-fi',
        sourceType: 'ras',
        techniques: [{ framework: 'attack', id: 'T1059' }],
        observables: [{ type: 'domain', value: 'evil.example' }],
      });
      await world.keep({ members: [a, b] });
      await world.keep({
        members: [report(3), report(4)],
        summary: { firstSeen: '2020-01-01T00:00:00.000Z', lastSeen: '2020-01-01T00:00:00.000Z', status: 'on_hold' },
      });

      expect((await idsOf(query)).includes(a.id)).toBe(found);
    });

    test.each(['activity', 'lastSeen', 'firstSeen', 'size', 'severity', 'hybrid'])(
      'gives the same incidents in pages of any size, each once, ordered by %s',
      async (sort) => {
        const severities = ['low', 'severe', 'moderate', 'high'] as const;
        for (let number = 0; number < 11; number++) {
          const day = `2026-03-0${1 + (number % 3)}T00:00:00.000Z`;
          const members = [report(10 * number), report(10 * number + 1), ...(number % 2 === 0 ? [report(10 * number + 2)] : [])];
          const domains = ['cyber', 'political', 'economy'].slice(number % 3);
          await world.keep({ members, summary: { firstSeen: day, lastSeen: day, severity: severities[number % 4] ?? 'low', domains } });
        }
        const whole = await idsOf(`limit=1000&sort=${sort}`);
        expect(whole).toHaveLength(11);

        for (const limit of [1, 2, 5, 11]) {
          const paged: string[] = [];
          for (let cursor = ''; ; ) {
            const { items, next } = (await world.get(`/v1/incidents?sort=${sort}&limit=${limit}${cursor}`)).json();
            paged.push(...items.map(({ id }: { id: string }) => id));
            if (next === null) break;
            cursor = `&cursor=${next}`;
          }
          expect(paged).toEqual(whole);
        }
      },
    );

    test('counts the incidents of all pages by what is asked for, most frequent first', async () => {
      for (let number = 0; number < 6; number += 2) {
        const summary = { themes: number < 4 ? ['digital', 'military'] : ['military'], status: 'new' as const };
        await world.keep({ members: [report(number), report(number + 1)], summary });
      }
      await world.keep({ members: [report(9)], summary: { themes: ['alone'] } });

      const page = IncidentPage.parse((await world.get('/v1/incidents?limit=1&facets=theme,status')).json());

      expect(page.items).toHaveLength(1);
      expect(page.total).toBe(3);
      expect(page.facets).toEqual({
        theme: [
          { value: 'military', count: 3 },
          { value: 'digital', count: 2 },
        ],
        status: [{ value: 'new', count: 3 }],
      });
    });

    test('tells what changed last first, and only what changed since when that is asked', async () => {
      const [older, newer] = [report(1), report(3)];
      await world.keep({ members: [newer, report(4)], summary: { revision: 7 } });
      await world.keep({ members: [older, report(2)], summary: { revision: 5, lastSeen: '2026-09-01T00:00:00.000Z' } });

      expect(await idsOf('')).toEqual([newer.id, older.id]);
      expect(await idsOf('changedSince=5')).toEqual([newer.id]);
      expect(await idsOf('changedSince=7')).toEqual([]);
    });

    test('says how far each reaches, by which it can be ordered', async () => {
      const [wide, narrow] = [report(1), report(3)];
      await world.keep({ members: [narrow, report(4)], summary: { sectors: ['energy'], revision: 9 } });
      await world.keep({
        members: [wide, report(2)],
        summary: { domains: ['cyber', 'political'], sectors: ['energy', 'ports'], revision: 8 },
      });

      const { items } = IncidentPage.parse((await world.get('/v1/incidents?sort=hybrid')).json());

      expect(items.map(({ id, hybridReach }) => [id, hybridReach.score])).toEqual([
        [wide.id, 5],
        [narrow.id, 0],
      ]);
    });

    test.each([
      'limit=0',
      'limit=1001',
      'limit=1e9',
      'limit=-1',
      'limit[$ne]=1',
      'cursor=AAAA',
      'nonsense=1',
      'sort=title',
      'include=everything',
      'country=Netherlands',
      'from=2026-02-31',
      'text=%3F',
      'observable=x',
      'theme=a&theme=b',
      'minSize=1&sort=size',
      'changedSince=yesterday',
      'facets=title',
      'tlp=white',
    ])('refuses %s', async (query) => {
      const answer = await world.get(`/v1/incidents?${query}`);

      expect(answer.statusCode).toBe(400);
      expect(ProblemDocument.safeParse(answer.json()).success).toBe(true);
    });
  });

  describe('GET /v1/incidents/{id}', () => {
    test('explains the links, and what is possible beyond the incident', async () => {
      const [a, b, other] = [report(1), report(2), report(3)];
      await world.keep({ members: [other] });
      await world.keep({ members: [a, b], links: [linkOf(a.id, b.id), linkOf(a.id, other.id, 'possible')] });

      const answer = await world.get(`/v1/incidents/${a.id}`);

      const incident = IncidentDetail.parse(answer.json());
      expect(incident.links).toHaveLength(2);
      expect(incident.possibleLinks.map(({ incidents }) => new Set(incidents))).toEqual([new Set([a.id, other.id])]);
      expect(incident.lineage).toHaveLength(1);
    });

    test('gives the incident that now holds the anchor of one that has moved', async () => {
      const [a, b] = [report(1), report(2)];
      await world.keep({ members: [b] });
      await world.keep({ members: [a, b] });
      await world.store.save([
        {
          audience: 'fusion-cell',
          progress: { topic: 'test', partition: 0, nextOffset: 99 },
          incidents: [{ id: b.id, summary: null, lineage: [] }],
        },
      ]);

      expect((await world.get(`/v1/incidents/${b.id}`)).json().id).toBe(a.id);
    });

    test('says that one whose anchor was retracted is gone, and where the rest is', async () => {
      const [a, b] = [report(1), report(2)];
      await world.keep({ members: [a, b] });
      const taken = {
        id: a.id,
        position: 50,
        revision: 2,
        signal: null,
        enrichment: null,
        observables: [],
        terms: [],
        enrichedAt: '',
        queryableAt: '',
      };
      const lineage = [{ cause: 'closed' as const, signals: [a.id], incidents: [b.id], position: 50 }];
      await world.store.save([
        {
          audience: 'fusion-cell',
          progress: { topic: 'test', partition: 0, nextOffset: 99 },
          signals: [taken],
          incidents: [{ id: a.id, summary: null, lineage }],
          memberships: [{ signalId: a.id, incidentId: null, correlatedAt: '' }],
        },
      ]);

      const [incident, signal] = [await world.get(`/v1/incidents/${a.id}`), await world.get(`/v1/signals/${a.id}`)];

      expect([incident.statusCode, signal.statusCode]).toEqual([410, 410]);
      expect(incident.json().detail).toContain(b.id);
    });

    test.each(['incidents', 'signals'])('answers for what only others may see as for what does not exist, in %s', async (kind) => {
      const [secret, absent] = [report(1), report(2)];
      await world.keep({ members: [secret] });
      const ask = async (id: string) =>
        (await world.get(`/v1/${kind}/${id}`, { headers: { 'samenhang-audience': 'public' } })).body.replaceAll(id, 'ID');

      expect(await ask(secret.id)).toBe(await ask(absent.id));
    });
  });

  test('gives a signal as it was received, what was added apart, and its trace', async () => {
    const signal = report(1, { raw: { as: ['it', 'came'] } });
    await world.keep({ members: [signal] });

    const answer = await world.get(`/v1/signals/${signal.id}`);

    const { enrichment, trace, ...received } = SignalDocument.parse(answer.json());
    expect(received).toEqual(signal);
    expect(enrichment.version).toBe('test');
    expect(trace).toMatchObject({
      receivedAt: signal.receivedAt,
      correlatedAt: '2026-03-30T12:00:01.000Z',
      queryableAt: '2026-03-30T12:00:01.000Z',
      incidentId: signal.id,
    });
  });

  test('finds what holds an observable however it is written', async () => {
    const signal = report(1, { observables: [{ type: 'url', value: 'https://evil.example/a/b' }] });
    await world.keep({ members: [signal, report(2)] });

    const answer = await world.get(`/v1/observables/URL/${encodeURIComponent('hxxps://evil[.]example/a/b')}`);

    const found = ObservableDocument.parse(answer.json());
    expect(found.value).toBe('https://evil.example/a/b');
    expect(found.signals.map(({ id, incidentId }) => [id, incidentId])).toEqual([[signal.id, signal.id]]);
    expect(found.incidents.map(({ id }) => id)).toEqual([signal.id]);
    expect((await world.get('/v1/observables/domain/absent.example')).statusCode).toBe(404);
  });

  test('answers 304 to who has the same bytes already', async () => {
    await world.keep({ members: [report(1), report(2)] });
    const first = await world.get('/v1/incidents');
    const headers = { 'if-none-match': String(first.headers.etag) };

    expect((await world.get('/v1/incidents', { headers })).statusCode).toBe(304);
    await world.keep({ members: [report(3), report(4)] });
    expect((await world.get('/v1/incidents', { headers })).statusCode).toBe(200);
  });

  test('tells a key for whom it may ask', async () => {
    const me = MeDocument.parse((await world.get('/v1/me', { headers: { 'samenhang-audience': 'public' } })).json());

    expect(me.audience).toBe('public');
    expect(me.audiences.map(({ id }) => id)).toEqual(['fusion-cell', 'ras-community', 'public']);
  });

  test('keeps what an operator does from analysts, and content from operators', async () => {
    expect((await world.get('/v1/rejected')).statusCode).toBe(403);
    expect((await world.get('/v1/pipeline')).statusCode).toBe(403);
    expect((await world.get('/v1/incidents', { role: 'operator' })).statusCode).toBe(403);
  });

  test('serves the console to anyone', async () => {
    expect((await world.app.inject('/')).body).toBe('<!doctype html>');
  });

  describe('rejected messages', () => {
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
});
