import { ProblemDocument } from '@samenhang/runtime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openQueryWorld, type QueryWorld } from './query-world.fixture.ts';
import { linkOf, report } from './reports.fixture.ts';
import { IncidentDetail, IncidentPage } from './schemas.ts';

describe('the incident routes', () => {
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
});
