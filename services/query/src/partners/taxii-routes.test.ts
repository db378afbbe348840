import type { Signal } from '@samenhang/domain';
import { aSignal } from '@samenhang/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPartnerWorld, type PartnerWorld } from './partner-world.fixture.ts';
import { collectionIdOf } from './taxii-protocol.ts';

const report = (number: number, given: Parameters<typeof aSignal>[0] = {}): Signal =>
  aSignal({ source: 'embassy-riga', externalId: `r-${number}`, title: `Report ${number}`, marking: { tlp: 'amber' }, ...given });
const root = '/taxii2/root/';
const cell = `${root}collections/fusion-cell/`;
const taxii = 'application/taxii+json;version=2.1';

describe('the TAXII server', () => {
  let world: PartnerWorld;
  beforeEach(async () => {
    world = await openPartnerWorld();
  });
  afterEach(async () => {
    await world[Symbol.asyncDispose]();
  });
  const objects = async (query = '', collection = cell) => (await world.ask(`${collection}objects/?${query}`)).json().objects ?? [];

  test('leads from discovery through its one root to a collection for each audience of the asker', async () => {
    const discovery = await world.ask('/taxii2/');
    expect(discovery.headers['content-type']).toBe(taxii);
    expect(discovery.json()).toMatchObject({ title: 'Samenhang', default: root, api_roots: [root] });

    expect((await world.ask(discovery.json().default)).json()).toMatchObject({ versions: [taxii] });
    const { collections } = (await world.ask(`${root}collections/`)).json();
    expect(collections.map(({ alias }: { alias: string }) => alias)).toEqual(['fusion-cell', 'ras-community', 'public']);
    expect(collections[0]).toEqual({
      id: collectionIdOf('fusion-cell'),
      title: 'Fusion cell',
      alias: 'fusion-cell',
      can_read: true,
      can_write: false,
      media_types: ['application/stix+json;version=2.1'],
    });
    expect(collections[0].id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect((await world.ask(`${root}collections/${collections[0].id}/`)).json()).toEqual(collections[0]);
  });

  test('shows nobody the collection of an audience that is not theirs: it is as absent as one that there is not', async () => {
    const authorization = `Bearer ${world.keyFor(['public'])}`;
    const answers = await Promise.all(
      [cell, `${root}collections/nobody/`, `${root}collections/${collectionIdOf('fusion-cell')}/`].flatMap((collection) =>
        ['', 'objects/', 'manifest/', 'objects/x/', 'objects/x/versions/'].map((path) =>
          world.ask(`${collection}${path}`, { headers: { authorization } }),
        ),
      ),
    );

    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`))).toEqual(
      new Set([expect.stringMatching(/^404 .*"http_status":"404"/)]),
    );
    const { collections } = (await world.ask(`${root}collections/`, { headers: { authorization } })).json();
    expect(collections).toHaveLength(1);
  });

  test.each([
    [406, 'text/html'],
    [406, 'application/taxii+json;version=2.0'],
    [406, 'application/vnd.oasis.taxii+json'],
    [200, 'application/taxii+json'],
    [200, 'application/taxii+json; version=2.1'],
    [200, 'text/html, application/taxii+json;version=2.1'],
    [200, '*/*'],
  ])('answers %i to who accepts %s', async (status, accept) => {
    const answer = await world.ask('/taxii2/', { headers: { accept } });

    expect([answer.statusCode, answer.headers['content-type']]).toEqual([status, taxii]);
  });

  test('tells errors in its own form: no credential, no right, no such object, no such filter, nothing to add here', async () => {
    const told = async (url: string, given: Parameters<PartnerWorld['ask']>[1] = {}) => {
      const answer = await world.ask(url, given);
      expect(answer.headers['content-type']).toBe(taxii);
      expect(answer.json()).toMatchObject({ title: expect.any(String), http_status: String(answer.statusCode) });
      return answer.statusCode;
    };

    expect(await told('/taxii2/', { headers: { authorization: 'Bearer x' } })).toBe(401);
    expect((await world.ask('/taxii2/', { headers: { authorization: 'Bearer x' } })).headers['www-authenticate']).toEqual([
      'Bearer',
      'Basic realm="samenhang"',
    ]);
    expect(await told(cell, { role: 'adapter' })).toBe(403);
    expect(await told(cell, { role: 'operator' })).toBe(403);
    expect(await told(`${cell}objects/report--00000000-0000-4000-8000-000000000000/`)).toBe(404);
    expect(await told(`${root}status/00000000-0000-4000-8000-000000000000/`)).toBe(404);
    for (const query of ['limit=0', 'limit=-1', 'limit=x', 'added_after=yesterday', 'next=AAAA', 'match[colour]=red'])
      expect(await told(`${cell}objects/?${query}`)).toBe(400);
    const post = { method: 'POST', headers: { 'content-type': taxii } } as const;
    expect(await told(`${cell}objects/`, post)).toBe(403);
    expect(await told(`${cell}objects/`, { ...post, headers: { 'content-type': 'application/json' } })).toBe(415);
    expect(await told(`${cell}objects/report--x/`, { method: 'DELETE' })).toBe(403);
  });

  test('takes the key as a password of HTTP Basic, as the specification has every server do', async () => {
    const authorization = `Basic ${Buffer.from(`partner:${world.keyFor(['public'])}`).toString('base64')}`;

    expect((await world.ask('/taxii2/', { headers: { authorization } })).statusCode).toBe(200);
  });

  test('answers an empty collection with an empty envelope', async () => {
    const answer = await world.ask(`${cell}objects/`);

    expect([answer.statusCode, answer.json(), answer.headers['x-taxii-date-added-last']]).toEqual([200, {}, undefined]);
  });

  test('gives reports and their incident, in pages, by next or by added_after, with when they were added', async () => {
    await world.tell([report(1), report(2)]);
    const all = await objects('match[version]=all');
    expect(all.map(({ type }: { type: string }) => type)).toEqual(
      expect.arrayContaining(['report', 'grouping', 'identity', 'marking-definition']),
    );

    const byNext: string[] = [];
    const byTime: string[] = [];
    for (let query = ''; ; ) {
      const { objects: page = [], more = false, next } = (await world.ask(`${cell}objects/?limit=2${query}`)).json();
      byNext.push(...page.map(({ id }: { id: string }) => id));
      if (!more) break;
      query = `&next=${next}`;
    }
    for (let query = ''; ; ) {
      const answer = await world.ask(`${cell}objects/?limit=3${query}`);
      byTime.push(...answer.json().objects.map(({ id }: { id: string }) => id));
      if (answer.json().more !== true) break;
      query = `&added_after=${answer.headers['x-taxii-date-added-last']}`;
    }
    expect(byNext).toEqual(all.map(({ id }: { id: string }) => id));
    expect(byTime).toEqual(byNext);
  });

  test('finds by type, by id, by version and by the version of the specification', async () => {
    await world.tell([report(1), report(2)]);
    await world.tell([report(1, { revision: 2, title: 'Corrected', receivedAt: '2026-03-01T13:00:00.000000Z' }), report(2)]);
    const id = `report--${report(1).id}`;

    expect((await objects('match[type]=report,identity')).map(({ type }: { type: string }) => type).sort()).toEqual([
      'identity',
      'identity',
      'report',
      'report',
    ]);
    expect(await objects(`match[id]=${id}`)).toMatchObject([{ name: 'Corrected' }]);
    expect((await objects(`match[id]=${id}&match[version]=all`)).map(({ name }: { name: string }) => name)).toEqual([
      'Report 1',
      'Corrected',
    ]);
    expect(await objects(`match[id]=${id}&match[version]=first`)).toMatchObject([{ name: 'Report 1' }]);
    expect(await objects('match[spec_version]=2.0')).toEqual([]);
    expect(await objects(`match[spec_version]=2.0,2.1&match[id]=${id}`)).toHaveLength(1);

    const { versions } = (await world.ask(`${cell}objects/${id}/versions/`)).json();
    expect(versions).toHaveLength(2);
    expect((await world.ask(`${cell}objects/${id}/?match[version]=${versions[0]}`)).json().objects).toMatchObject([
      { name: 'Report 1', modified: versions[0] },
    ]);
    const manifest = (await world.ask(`${cell}manifest/?match[id]=${id}&match[version]=all`)).json().objects;
    expect(manifest).toMatchObject(versions.map((version: string) => ({ id, version, media_type: 'application/stix+json;version=2.1' })));
    expect(manifest[0].date_added < manifest[1].date_added).toBe(true);
  });

  test('gives nothing above TLP amber, also to who may see it, nor an incident that holds such a thing', async () => {
    await world.tell([report(1), report(2, { marking: { tlp: 'red' } }), report(3, { marking: { tlp: 'amber+strict' } })], {
      summary: { marking: { tlp: 'red' } },
    });

    const told = await objects('match[version]=all');

    expect(told.filter(({ type }: { type: string }) => type === 'report')).toHaveLength(1);
    expect(told.filter(({ type }: { type: string }) => type === 'grouping')).toEqual([]);
    expect(JSON.stringify(told)).not.toMatch(/Report [23]/);
  });

  test('revokes what was withdrawn or has become too restricted, so that who has it knows', async () => {
    await world.tell([report(1), report(2)]);
    const before = (await world.ask(`${cell}objects/`)).headers['x-taxii-date-added-last'];

    await world.withdraw(report(2).id, 2);
    await world.tell([report(1, { revision: 2, marking: { tlp: 'red' } })], { summary: { marking: { tlp: 'red' } } });

    const told = await objects(`added_after=${before}&match[type]=report,grouping`);
    expect(told.map(({ type, revoked }: { type: string; revoked: boolean }) => [type, revoked])).toEqual([
      ['report', true],
      ['report', true],
      ['grouping', true],
    ]);
    expect(JSON.stringify(told)).not.toContain('TLP:RED');
  });

  test('gives each audience its own, and only that', async () => {
    await world.tell([report(1)], { audience: 'fusion-cell' });
    await world.tell([report(2, { marking: { tlp: 'clear' } })], { audience: 'public' });

    expect(JSON.stringify(await objects('', `${root}collections/public/`))).not.toContain('Report 1');
    expect(JSON.stringify(await objects())).not.toContain('Report 2');
    expect(await objects('', `${root}collections/ras-community/`)).toEqual([]);
  });
});

describe('the STIX bundle of an incident and the ledger of exports', () => {
  let world: PartnerWorld;
  beforeEach(async () => {
    world = await openPartnerWorld();
  });
  afterEach(async () => {
    await world[Symbol.asyncDispose]();
  });
  const exportsOf = async (id: string, role: 'lead' | 'operator' = 'operator', headers = {}) =>
    (await world.ask(`/v1/exports?signal=${id}`, { role, headers })).json().items;

  test('holds the reports, the incident and the definitions of the markings', async () => {
    await world.tell([report(1), report(2)]);

    const answer = await world.ask(`/v1/incidents/${report(1).id}/stix`);

    expect(answer.headers['content-type']).toBe('application/stix+json;version=2.1');
    expect(answer.json()).toMatchObject({ type: 'bundle' });
    const types = answer.json().objects.map(({ type }: { type: string }) => type);
    expect(types).toEqual(expect.arrayContaining(['marking-definition', 'report', 'grouping']));
  });

  test.each([
    ['a member is red', { tlp: 'red' }, {}],
    ['a member is amber+strict', { tlp: 'amber+strict' }, {}],
    ['its marking is', { tlp: 'amber' }, { marking: { tlp: 'red' } }],
    [
      'a red judgement gave it its status',
      { tlp: 'amber' },
      {
        judgements: [
          {
            kind: 'status',
            id: report(9).id,
            about: report(1).id,
            status: 'closed',
            by: 'a',
            at: '2026-01-01T00:00:00Z',
            revoked: false,
            reason: '',
            marking: { tlp: 'red' },
          },
        ],
      },
    ],
  ] as const)('is refused when %s', async (_what, marking, summary) => {
    await world.tell([report(1), report(2, { marking })], { summary: { ...summary } as never });

    expect((await world.ask(`/v1/incidents/${report(1).id}/stix`)).json()).toMatchObject({
      status: 403,
      type: expect.stringContaining('export-forbidden'),
    });
    expect(await exportsOf(report(1).id)).toEqual([]);
  });

  test('law of recall: whatever was given away is in the ledger, by whom and in which revision, before it is given', async () => {
    await world.tell([report(1), report(2)]);
    await world.ask(`/v1/incidents/${report(1).id}/stix`);
    await world.tell([report(1, { revision: 2 })]);
    const authorization = `Bearer ${world.keyFor(['fusion-cell'], 'Estonia')}`;
    await world.ask(`${cell}objects/?match[type]=report`, { headers: { authorization } });
    await world.ask(`${cell}manifest/`, { headers: { authorization: `Bearer ${world.keyFor(['fusion-cell'], 'Finland')}` } });

    const given = await exportsOf(report(1).id);
    expect(given.map(({ by, how, revision, audience }: Record<string, string>) => [by?.split('/')[0], how, revision, audience])).toEqual([
      ['Estonia', 'taxii', 2, 'fusion-cell'],
      ['partner', 'stix', 1, 'fusion-cell'],
    ]);
    expect(await exportsOf(report(7).id)).toEqual([]);
  });

  test('shows a lead what was given away of the audience asked for, and no other', async () => {
    await world.tell([report(1)]);
    await world.ask(`${cell}objects/`);

    expect(await exportsOf(report(1).id, 'lead')).toHaveLength(1);
    expect(await exportsOf(report(1).id, 'lead', { 'samenhang-audience': 'public' })).toEqual([]);
    expect((await world.ask(`/v1/exports?signal=${report(1).id}`)).statusCode).toBe(403);
  });
});
