import { contentHash, type IncidentSummary, type PostedSignal, PostedSignal as Schema, type Signal, signalId } from '@samenhang/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFile } from '../index.ts';
import { toStixBundle } from './to-stix-bundle.ts';

const line = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' }).filter((text) => text.trim() === text);
const list = fc.uniqueArray(line, { maxLength: 3 });
const observable = fc.oneof(
  fc.record({ type: fc.constant('ipv4'), value: fc.ipV4() }),
  fc.record({ type: fc.constant('domain'), value: fc.domain() }),
  fc.record({ type: fc.constant('url'), value: fc.webUrl() }),
  fc.record({
    type: fc.constantFrom('md5', 'sha256', 'account', 'mutex', 'asn', 'certificate', 'wallet', 'filename', 'email', 'iban', 'unheard-of'),
    value: line,
  }),
);
const place = fc
  .record(
    { name: line, country: fc.constantFrom('NL', 'LV'), lat: fc.constantFrom(-12.5, 0, 52.1), lon: fc.constantFrom(4.9, -170) },
    { requiredKeys: ['name'] },
  )
  .map(({ lat, lon, ...rest }) => (lat === undefined || lon === undefined ? rest : { ...rest, lat, lon }));

const anySignal = fc
  .record(
    {
      source: line,
      externalId: line,
      revision: fc.integer({ min: 1, max: 1_000_000 }),
      sourceType: fc.constantFrom('embassy', 'ras', 'sector'),
      kind: fc.constantFrom('report', 'update', 'correction', 'retraction'),
      title: line,
      text: fc.string({ unit: 'grapheme-ascii' }),
      lang: fc.constantFrom('nl', 'pt-BR'),
      observedAt: fc.constantFrom('2026', '2026-03', '2026-03-04', '2026-03-04T05:06:07+02:00', { start: '2026-01', end: '2026-02-03' }),
      reportedAt: fc.constantFrom('2026-03-05', '2026-03-05T00:00:00Z'),
      places: fc.uniqueArray(place, { maxLength: 3, selector: (item) => JSON.stringify(item) }),
      themes: list,
      sectors: list,
      targets: list,
      observables: fc.uniqueArray(observable, { maxLength: 6, selector: (item) => JSON.stringify(item) }),
      techniques: fc.uniqueArray(fc.record({ framework: fc.constantFrom('attack', 'disarm'), id: fc.constantFrom('T0022', 'T1566.001') }), {
        maxLength: 3,
        selector: (item) => JSON.stringify(item),
      }),
      reliability: fc.constantFrom('A', 'F'),
      credibility: fc.integer({ min: 1, max: 6 }),
      marking: fc.record(
        {
          tlp: fc.constantFrom('clear', 'green', 'amber', 'amber+strict', 'red'),
          communities: fc.constantFrom(['ras'], ['ras', 'b']),
          exercise: fc.constantFrom('pace-26'),
        },
        { requiredKeys: ['tlp'] },
      ),
      origin: fc.record(
        {
          derivedFrom: fc.uniqueArray(line, { minLength: 1, maxLength: 2 }),
          urls: fc.uniqueArray(fc.webUrl(), { minLength: 1, maxLength: 2 }),
        },
        { requiredKeys: ['urls'] },
      ),
      attachments: fc.constantFrom([{ name: 'a.pdf', sha256: 'ab'.repeat(32) }]),
    },
    { requiredKeys: ['source', 'externalId', 'sourceType', 'title', 'observedAt', 'marking'] },
  )
  .map((draft) => Schema.parse(draft));

const accepted = (posted: PostedSignal, second = 1): Signal => ({
  ...posted,
  id: signalId(posted.source, posted.externalId ?? ''),
  contentHash: contentHash(posted),
  receivedAt: `2026-04-01T00:00:0${second}.000001Z`,
  firstReceivedAt: '2026-04-01T00:00:00.000001Z',
  flags: [],
});
const sorted = (signal: PostedSignal) => ({
  ...signal,
  observables: signal.observables.map((item) => JSON.stringify(item)).sort(),
  places: signal.places.map((item) => JSON.stringify(item)).sort(),
});
const back = async (bundle: unknown, options = {}) =>
  (await parseFile(new TextEncoder().encode(JSON.stringify(bundle)), 'x.json', options)).signals;

const incident: IncidentSummary = {
  id: '00000000-0000-5000-8000-000000000001',
  title: 'i',
  summary: 's',
  size: 1,
  firstSeen: '2026-03-01T00:00:00.000Z',
  lastSeen: '2026-03-02T00:00:00.000Z',
  themes: [],
  domains: [],
  sectors: [],
  places: [],
  techniques: [],
  sourceTypes: ['ras'],
  sources: ['s'],
  marking: { tlp: 'red' },
  status: 'new',
  severity: 'low',
  revision: 7,
  rulesetVersion: 'r',
  judgements: [],
};

describe('toStixBundle', () => {
  test('law: reading the export back gives the signals as they were', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anySignal, { minLength: 1, maxLength: 3, selector: (signal) => JSON.stringify([signal.source, signal.externalId]) }),
        async (signals) => {
          const read = await back(toStixBundle({ signals: signals.map((signal) => accepted(signal)) }));

          expect(read.map(sorted)).toEqual(signals.map(sorted));
        },
      ),
      { numRuns: 100 },
    );
  }, 60_000);

  test('law: every reference in the export leads to an object in it', () => {
    fc.assert(
      fc.property(anySignal, fc.constantFrom<IncidentSummary['status']>('new', 'in_progress', 'closed'), (signal, status) => {
        const { objects } = toStixBundle({ signals: [accepted(signal)], incident: { ...incident, status } });
        const ids = new Set(objects.map(({ id }) => id));
        const refs = [...JSON.stringify(objects).matchAll(/"([a-z0-9-]+--[0-9a-f-]{36})"/g)]
          .map(([, id]) => id ?? '')
          .filter((id) => !/^extension-definition--(ef765651|60a3c5c5)-/.test(id)); // defined by OASIS

        expect(refs.filter((id) => !ids.has(id))).toEqual([]);
      }),
    );
  });

  test('makes a grouping of what nobody judged yet and an incident of what is worked on, and neither comes back as a report', async () => {
    const [signal] = fc.sample(anySignal, { numRuns: 1, seed: 1 });
    if (signal === undefined) throw new Error('no sample');
    for (const [status, type] of [
      ['new', 'grouping'],
      ['in_progress', 'incident'],
    ] as const) {
      const bundle = toStixBundle({ signals: [accepted(signal)], incident: { ...incident, status } });

      expect(bundle.objects.map((object) => object.type)).toContain(type);
      expect(await back(bundle)).toHaveLength(1);
    }
  });

  test('tells what analysts decided as opinions and notes on the incident, without who did, and defines every marking it uses', () => {
    const [signal] = fc.sample(anySignal, { numRuns: 1, seed: 4 });
    if (signal === undefined) throw new Error('no sample');
    const given = { about: signal.source, by: 'ann/0123abcd', at: '2026-05-01T00:00:00.000000Z', revoked: false, reason: '' };
    const marking = { tlp: 'green' } as const;
    const likelihood = { likelihood: 'very likely', confidence: 'moderate' } as const;
    const judgements: IncidentSummary['judgements'] = [
      { ...given, kind: 'assessment', id: '00000000-0000-4000-8000-00000000000a', marking, statement: 'one hand', ...likelihood },
      { ...given, kind: 'note', id: '00000000-0000-4000-8000-00000000000b', marking, text: 'seen before' },
      { ...given, kind: 'severity', id: '00000000-0000-4000-8000-00000000000c', marking, severity: 'high' },
    ];

    const { objects } = toStixBundle({ signals: [accepted(signal)], incident: { ...incident, judgements, status: 'in_progress' } });

    expect(objects.filter(({ type }) => type === 'opinion' || type === 'note')).toMatchObject([
      { opinion: 'agree', confidence: 50, object_refs: [`incident--${incident.id}`] },
      { content: 'seen before', object_refs: [`incident--${incident.id}`] },
    ]);
    expect(JSON.stringify(objects)).not.toContain('ann/');
    const defined = new Set(objects.filter(({ type }) => type === 'marking-definition').map(({ id }) => String(id)));
    const used = new Set([...JSON.stringify(objects).matchAll(/marking-definition--[0-9a-f-]{36}/g)].map(([id]) => id));
    expect(defined).toEqual(used);
  });

  test('tells each technique that a signal met with as a sighting by its source', () => {
    const base = fc.sample(anySignal, { numRuns: 1, seed: 5 })[0];
    if (base === undefined) throw new Error('no sample');
    const signal = accepted({ ...base, techniques: [{ framework: 'disarm', id: 'T0022' }] });

    const { objects } = toStixBundle({ signals: [signal] });

    const [sighting] = objects.filter(({ type }) => type === 'sighting');
    expect(objects.find(({ id }) => id === sighting?.sighting_of_ref)).toMatchObject({ type: 'attack-pattern', name: 'DISARM T0022' });
    expect(objects.find(({ id }) => [id].includes(sighting?.created_by_ref))).toMatchObject({ type: 'identity', name: signal.source });
  });

  test('gives a report alone all that it says, and its revocation as a retraction, to who reads on from a place in a collection', async () => {
    const base = fc.sample(anySignal, { numRuns: 1, seed: 6 })[0];
    if (base === undefined) throw new Error('no sample');
    const signal = accepted({
      ...base,
      kind: 'report',
      observables: [{ type: 'domain', value: 'a.example' }],
      places: [{ country: 'NL' }],
    });
    const [report] = toStixBundle({ signals: [signal] }).objects.filter(({ type }) => type === 'report');

    const [alone] = await back({ type: 'bundle', id: 'bundle--1', objects: [report] });
    const [revoked] = await back({ type: 'bundle', id: 'bundle--1', objects: [{ ...report, revoked: true }] });

    expect(alone).toMatchObject({ observables: [{ type: 'domain', value: 'a.example' }], places: [{ country: 'NL' }] });
    expect(revoked).toMatchObject({ externalId: signal.externalId, revision: signal.revision + 1, kind: 'retraction' });
  });

  test('keeps the name of the channel when someone else sends our export, and says where it came from', async () => {
    const [signal] = fc.sample(anySignal, { numRuns: 1, seed: 2 });
    if (signal === undefined) throw new Error('no sample');
    const [read] = await back(toStixBundle({ signals: [accepted(signal)] }), { source: 'partner' });

    expect(read?.source).toBe('partner');
    expect(read?.origin?.derivedFrom).toContain(signalId(signal.source, signal.externalId ?? ''));
  });

  test('gives the same bytes for the same signals', () => {
    const signals = fc.sample(anySignal, { numRuns: 2, seed: 3 }).map((signal) => accepted(signal));

    expect(JSON.stringify(toStixBundle({ signals }))).toBe(JSON.stringify(toStixBundle({ signals })));
  });
});
