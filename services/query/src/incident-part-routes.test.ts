import { randomUUID } from 'node:crypto';
import { topics } from '@samenhang/events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import {
  GraphDocument,
  JudgementPage,
  LineageAnswer,
  PossibleAnswer,
  RecallDocument,
  ReviewPage,
  SimilarAnswer,
  SourcePage,
  TimelineDocument,
} from './part-schemas.ts';
import { openQueryWorld, type QueryWorld } from './query-world.fixture.ts';
import { linkOf, report } from './reports.fixture.ts';

const evil = { type: 'domain', value: 'evil.example' };

describe('the parts of an incident', () => {
  let world: QueryWorld;
  beforeEach(async () => {
    world = await openQueryWorld();
  });
  afterEach(async () => {
    await world[Symbol.asyncDispose]();
  });
  const get = async <T>(url: string, schema: z.ZodType<T>): Promise<T> => {
    const answer = await world.get(url);
    expect(answer.statusCode).toBe(200);
    return schema.parse(answer.json());
  };

  test('its graph has members, sources, shared observables and what may belong to it, and no edge leads nowhere', async () => {
    const [a, b, other] = [
      report(1, { source: 'one', observables: [evil] }),
      report(2, { source: 'two', observables: [evil, { type: 'domain', value: 'alone.example' }] }),
      report(3, { source: 'three' }),
    ];
    await world.keep({ members: [other] });
    await world.keep({ members: [a, b], links: [linkOf(a.id, b.id), linkOf(b.id, other.id, 'possible')] });

    const { nodes, edges } = await get(`/v1/incidents/${a.id}/graph`, GraphDocument);

    const ids = nodes.map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set([a.id, b.id, other.id, 'source:one', 'source:two', 'observable:domain:evil.example']));
    expect(nodes.find(({ id }) => id === other.id)).toMatchObject({ kind: 'outside', incidentId: other.id });
    expect(edges.map(({ kind }) => kind).sort()).toEqual(['holds', 'holds', 'link', 'possible', 'reported', 'reported']);
    for (const { from, to } of edges) expect(ids).toEqual(expect.arrayContaining([from, to]));
  });

  test('its timeline tells when each member was observed, reported and received, oldest first', async () => {
    const late = report(1, { observedAt: '2026-03-02', reportedAt: '2026-03-04' });
    const early = report(2, { observedAt: '2026-02' });
    await world.keep({ members: [late, early] });

    const { signals } = await get(`/v1/incidents/${late.id}/timeline`, TimelineDocument);

    expect(signals.map(({ id, start, fidelity, reportedAt }) => [id, start, fidelity, reportedAt])).toEqual([
      [early.id, '2026-02-01T00:00:00.000Z', 'month', null],
      [late.id, '2026-03-02T00:00:00.000Z', 'day', '2026-03-04'],
    ]);
  });

  test('its lineage is there also when it ended, with the incident that holds its anchor', async () => {
    const [a, b] = [report(1), report(2)];
    await world.keep({ members: [b] });
    await world.keep({ members: [a, b] });
    const lineage = [{ cause: 'merged' as const, signals: [b.id], incidents: [a.id], position: 3 }];
    await world.store.save([
      {
        audience: 'fusion-cell',
        progress: { topic: 'test', partition: 0, nextOffset: 99 },
        incidents: [{ id: b.id, summary: null, lineage }],
      },
    ]);

    const told = await get(`/v1/incidents/${b.id}/lineage`, LineageAnswer);

    expect(told).toMatchObject({ ended: true, heldBy: a.id });
    expect(told.lineage.map(({ cause }) => cause)).toEqual(['opened', 'merged']);
  });

  test('possible links to other incidents come with both ends, what would join most first', async () => {
    const [a, b, small, c, d] = [report(1), report(2), report(3), report(4), report(5)];
    await world.keep({ members: [small] });
    await world.keep({ members: [c, d] });
    const possible = [linkOf(a.id, small.id, 'possible', 2), linkOf(b.id, c.id, 'possible', 1.5)];
    await world.keep({ members: [a, b], links: [linkOf(a.id, b.id), ...possible] });

    const own = await get(`/v1/incidents/${a.id}/possible`, PossibleAnswer);
    const review = await get('/v1/review', ReviewPage);

    expect(own.items.map(({ rank }) => rank)).toEqual([6, 4]);
    expect(own.items[0]?.ends.map(({ incident }) => incident.id).sort()).toEqual([a.id, c.id].sort());
    expect(review).toEqual({ items: own.items, total: 2 });
  });

  test('similar are those that share much, with what they share, which is what the points count', async () => {
    const [a, b] = [report(1, { observables: [evil], places: [{ country: 'NL' }], themes: ['digital'] }), report(2)];
    const alike = report(3, { observables: [evil], places: [{ country: 'NL' }], themes: ['digital'] });
    const about = { places: [{ country: 'NL' }], themes: ['digital'] };
    await world.keep({ members: [a, b], summary: about });
    await world.keep({ members: [alike], summary: about });
    await world.keep({ members: [report(4)] });

    const { items } = await get(`/v1/incidents/${a.id}/similar`, SimilarAnswer);

    expect(items.map(({ incident, points }) => [incident.id, points])).toEqual([[alike.id, 6]]);
    expect(items[0]?.shared.reduce((sum, { points }) => sum + points, 0)).toBe(6);
  });

  test('the scorecard of a source counts its signals, those in incidents, those that another source corroborates', async () => {
    const [a, b, c, d, alone] = [
      report(1, { source: 'MFA One' }),
      report(2, { source: 'two' }),
      report(3, { source: 'MFA One' }),
      report(4, { source: 'MFA One' }),
      report(5, { source: 'MFA One' }),
    ];
    await world.keep({ members: [a, b], summary: { sources: ['MFA One', 'two'] } });
    await world.keep({ members: [c, d], summary: { sources: ['MFA One'] } });
    await world.keep({ members: [alone], summary: { sources: ['MFA One'] } });

    const whole = await get('/v1/sources', SourcePage);
    const first = await get('/v1/sources?limit=1', SourcePage);
    const second = await get(`/v1/sources?after=${encodeURIComponent(first.next ?? '')}`, SourcePage);

    expect(whole.items).toMatchObject([
      { source: 'MFA One', signals: 4, inIncidents: 3, corroborated: 1, retracted: 0 },
      { source: 'two', signals: 1, inIncidents: 1, corroborated: 1, retracted: 0 },
    ]);
    expect([...first.items, ...second.items]).toEqual(whole.items);
  });

  test('the recall list of a signal names every incident that ever held it', async () => {
    const [a, b] = [report(1), report(2)];
    await world.keep({ members: [b] });
    await world.keep({ members: [a, b] });
    const gone = {
      id: b.id,
      position: 50,
      revision: 2,
      signal: null,
      enrichment: null,
      observables: [],
      terms: [],
      enrichedAt: '',
      queryableAt: '',
    };
    await world.store.save([
      {
        audience: 'fusion-cell',
        progress: { topic: 'test', partition: 0, nextOffset: 99 },
        signals: [gone],
        memberships: [{ signalId: b.id, incidentId: null, correlatedAt: '' }],
      },
    ]);

    const recall = await get(`/v1/signals/${b.id}/recall`, RecallDocument);

    expect(recall.state).toBe('gone');
    expect(new Map(recall.incidents.map(({ id, holds }) => [id, holds]))).toEqual(
      new Map([
        [a.id, false],
        [b.id, false],
      ]),
    );
  });

  describe('judgements', () => {
    const judge = async (about: string, given: object = {}) => {
      const judgement = {
        id: randomUUID(),
        kind: 'status',
        about,
        status: 'resolved',
        reason: 'seen',
        marking: { tlp: 'amber' },
        by: 'Ann',
        at: '2026-03-30T12:00:00.000000Z',
        revoked: false,
        ...given,
      };
      await world.log.append(topics.judgementsReceived.name, [{ key: judgement.id, value: { judgement } }]);
      return judgement.id;
    };
    const listed = async (query = '') => (await get(`/v1/judgements?${query}`, JudgementPage)).items.map(({ id }) => id);

    test('are listed newest first, by their newest word, in pages of any size', async () => {
      const [a, b] = [report(1), report(2)];
      await world.keep({ members: [a] });
      await world.keep({ members: [b] });
      const first = await judge(a.id, { at: '2026-03-30T12:00:01.000000Z' });
      const second = await judge(b.id, { at: '2026-03-30T12:00:02.000000Z', kind: 'note', status: undefined, text: 'look', by: 'Bob' });
      await judge(a.id, { id: first, at: '2026-03-30T12:00:03.000000Z', revoked: true });

      expect(await listed()).toEqual([first, second]);
      const page = await get('/v1/judgements?limit=1', JudgementPage);
      expect([page.items[0]?.id, ...(await listed(`limit=1&cursor=${page.next}`))]).toEqual([first, second]);
      expect(await listed('revoked=false')).toEqual([second]);
      expect(await listed('kind=note')).toEqual([second]);
      expect(await listed('by=Bob')).toEqual([second]);
      expect(await listed(`about=${a.id}`)).toEqual([first]);
      expect(await listed(`incident=${b.id}`)).toEqual([second]);
    });

    test('are shown only to who may see them and the signals they are about', async () => {
      const [open, secret] = [report(1, { marking: { tlp: 'clear' } }), report(2)];
      await world.keep({ members: [open] }, 'public');
      await world.keep({ members: [open] });
      await world.keep({ members: [secret] });
      const told = await judge(open.id, { marking: { tlp: 'clear' } });
      await judge(open.id, { marking: { tlp: 'amber' } });
      await judge(secret.id, { marking: { tlp: 'clear' } });

      const seen = await world.get('/v1/judgements', { headers: { 'samenhang-audience': 'public' } });

      expect(JudgementPage.parse(seen.json()).items.map(({ id }) => id)).toEqual([told]);
    });
  });

  test.each(['', '/graph', '/timeline', '/lineage', '/possible', '/similar'])(
    'answers for an incident of others as for one that never was: incidents/{id}%s',
    async (part) => {
      const [secret, absent] = [report(1), report(2)];
      await world.keep({ members: [secret, report(3)] });
      const ask = async (id: string) => {
        const answer = await world.get(`/v1/incidents/${id}${part}`, { headers: { 'samenhang-audience': 'public' } });
        return `${answer.statusCode} ${answer.body.replaceAll(id, 'ID')}`;
      };

      expect(await ask(secret.id)).toBe(await ask(absent.id));
      expect(await ask(secret.id)).toMatch(/^404/);
    },
  );

  test.each(['', '/graph', '/timeline', '/lineage', '/possible', '/similar'])(
    'shows a member only as the audience that asks has it: incidents/{id}%s',
    async (part) => {
      const [shared, secret, open] = [report(1), report(2, { title: 'SECRET' }), report(3)];
      await world.keep({ members: [shared, secret], links: [linkOf(shared.id, secret.id), linkOf(secret.id, open.id, 'possible')] });
      await world.keep({ members: [shared] }, 'public');
      await world.keep({ members: [open] }, 'public');

      const answer = await world.get(`/v1/incidents/${shared.id}${part}`, { headers: { 'samenhang-audience': 'public' } });

      expect(answer.statusCode).toBe(200);
      expect(answer.body).not.toContain('SECRET');
      expect(answer.body).not.toContain(secret.id);
    },
  );
});
