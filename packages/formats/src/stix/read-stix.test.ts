import { signalId } from '@samenhang/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyBundle } from '../any-file.fixture.ts';
import { type ParseOptions, parseFile } from '../index.ts';
import { tlpMarkingIds } from './tlp-marking.ts';

const uuid = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
const id = (type: string, number = 1): string => `${type}--${uuid(number)}`;
const at = '2026-03-01T10:00:00.000Z';
const object = (type: string, more: object = {}, number = 1) => ({
  type,
  spec_version: '2.1',
  id: id(type, number),
  created: at,
  modified: at,
  name: `${type} ${number}`,
  ...more,
});
const relate = (from: string, type: string, to: string, number = 1) => ({
  type: 'relationship',
  id: id('relationship', number),
  created: at,
  modified: at,
  relationship_type: type,
  source_ref: from,
  target_ref: to,
});
const ip = (number: number, more: object = {}) => ({ type: 'ipv4-addr', id: id('ipv4-addr', number), value: `192.0.2.${number}`, ...more });
const read = (objects: readonly unknown[], options?: ParseOptions) =>
  parseFile(new TextEncoder().encode(JSON.stringify({ type: 'bundle', id: id('bundle'), objects })), 'bundle.json', options);
const only = async (...objects: readonly unknown[]) => {
  const { signals } = await read(objects);
  expect(signals).toHaveLength(1);
  const [signal] = signals;
  if (signal === undefined) throw new Error('no signal');
  return signal;
};

describe('readStix', () => {
  test('law: every object is heard in a signal, counted as a relationship, or dropped with its place', async () => {
    const named = new Set([
      'report',
      'grouping',
      'incident',
      'campaign',
      'event',
      'malware',
      'location',
      'attack-pattern',
      'channel',
      'narrative',
      'x-custom',
      'file',
    ]);
    await fc.assert(
      fc.asyncProperty(anyBundle, async (text) => {
        // Every object gets a name and, where that is how it speaks, a value that nothing else has.
        const bundle: { objects: readonly { type?: string; id?: string; name?: string; value?: string }[] } = JSON.parse(text);
        const objects = bundle.objects.map((item, index) =>
          typeof item?.id !== 'string' || item.type === 'relationship'
            ? item
            : { ...item, created: at, modified: at, name: `marker${index}x`, value: `host${index}x.example.org` },
        );
        const { signals, relationships, dropped, refused } = await parseFile(
          new TextEncoder().encode(JSON.stringify({ ...bundle, objects })),
          'bundle.json',
        );
        if (refused !== null) return;
        const said = JSON.stringify(signals.map(({ raw: _raw, ...rest }) => rest));
        const remarked = dropped.map((remark) => remark.at);
        const relations = objects.filter((item) => item?.type === 'relationship').length;

        expect(relationships + remarked.filter((where) => where.includes('relationship--')).length).toBe(relations);
        for (const [index, item] of objects.entries()) {
          const heard = named.has(item?.type ?? '')
            ? said.includes(`marker${index}x`)
            : item?.type === 'domain-name' || item?.type === 'ipv4-addr'
              ? said.includes(`host${index}x.`)
              : true;
          expect(heard || remarked.some((where) => where.startsWith(`objects[${index}]`)), `${item?.type} ${index}`).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('law: the order of the objects changes no signal but the order of its lists', async () => {
    const canonical = (signals: readonly { externalId?: string | undefined; observables: readonly unknown[] }[]) =>
      signals.map((signal) => [signal.externalId, signal.observables.map((item) => JSON.stringify(item)).sort()]).sort();
    const objects = [
      object('report', { object_refs: [ip(1).id, id('campaign')] }),
      object('campaign'),
      ip(1),
      ip(2),
      relate(ip(2).id, 'related-to', id('campaign')),
    ];
    const expected = canonical((await read(objects)).signals);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(objects, { minLength: objects.length }), async (shuffled) => {
        expect(canonical((await read(shuffled)).signals)).toEqual(expected);
      }),
    );
  });

  test('makes one signal of a report with what it refers to', async () => {
    const signal = await only(
      object('identity', { name: 'VIGINUM', identity_class: 'organization' }),
      object('report', {
        name: 'Portal',
        description: 'About portals',
        published: '2026-02-01T00:00:00Z',
        created_by_ref: id('identity'),
        object_refs: [ip(1).id, id('location'), id('attack-pattern')],
        confidence: 75,
      }),
      ip(1),
      object('location', { name: 'Riga', country: 'LV' }),
      object('attack-pattern', {
        kill_chain_phases: [{ kill_chain_name: 'mitre-attack', phase_name: 'develop-content' }],
        external_references: [{ source_name: 'mitre-attack', external_id: 'T0084.001' }],
      }),
    );

    expect(signal).toMatchObject({
      source: 'VIGINUM',
      externalId: id('report'),
      sourceType: 'ras',
      title: 'Portal',
      text: 'About portals',
      reportedAt: '2026-02-01T00:00:00Z',
      credibility: 2,
    });
    expect(signal.observables).toEqual([{ type: 'ipv4', value: '192.0.2.1' }]);
    expect(signal.places).toEqual([{ name: 'Riga', country: 'LV' }]);
    expect(signal.techniques).toEqual([{ framework: 'disarm', id: 'T0084.001' }]);
  });

  test('gives a campaign of a report a signal of its own when something was observed of it, derived from the report', async () => {
    const { signals } = await read([
      object('report', { object_refs: [id('campaign')] }),
      object('campaign'),
      ip(1),
      relate(id('campaign'), 'uses', ip(1).id),
    ]);

    expect(signals.map(({ externalId }) => externalId)).toEqual([id('report'), `${id('report')}/${id('campaign')}`]);
    expect(signals[1]?.origin?.derivedFrom).toEqual([signalId('unnamed STIX producer', id('report'))]);
  });

  test('makes one signal of malware and the indicators that indicate it', async () => {
    const signal = await only(
      object('malware', { name: 'NoviSpy' }),
      object('indicator', { pattern: "[domain-name:value='195.178.51.251']" }, 1),
      object('indicator', { pattern: "[app:id='com.serv.services']" }, 2),
      relate(id('indicator', 1), 'indicates', id('malware'), 1),
      relate(id('indicator', 2), 'indicates', id('malware'), 2),
    );

    expect(signal.title).toBe('NoviSpy');
    expect(signal.observables).toEqual(
      expect.arrayContaining([
        { type: 'ipv4', value: '195.178.51.251' },
        { type: 'package', value: 'com.serv.services' },
      ]),
    );
  });

  test('makes a signal of each indicator that nothing holds together', async () => {
    const { signals } = await read([
      object('indicator', { pattern: "[url:value='http://a.example/x']" }, 1),
      object('indicator', { pattern: "[mutex:name='m']" }, 2),
    ]);

    expect(signals.map(({ observables }) => observables)).toEqual([
      [{ type: 'url', value: 'http://a.example/x' }],
      [{ type: 'mutex', value: 'm' }],
    ]);
  });

  test('takes nothing but campaigns from a catalogue of techniques', async () => {
    const { signals, dropped } = await read([
      object('x-mitre-matrix'),
      object('attack-pattern'),
      object('malware'),
      object('campaign', { first_seen: at }),
    ]);

    expect(signals.map(({ title }) => title)).toEqual(['campaign 1']);
    expect(dropped).toHaveLength(3);
  });

  test.each([
    [[tlpMarkingIds.green], [], 'green'],
    [['marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9'], [], 'clear'],
    [[tlpMarkingIds.clear], [tlpMarkingIds.red], 'red'],
    [[], [tlpMarkingIds.clear], 'amber'],
    [[tlpMarkingIds.clear], ['marking-definition--00000000-0000-4000-8000-0000000000ff'], 'amber'],
  ])('marks a report marked %j with a member marked %j as TLP:%s', async (report, member, tlp) => {
    const signal = await only(
      object('report', { object_marking_refs: report, object_refs: [ip(1).id] }),
      ip(1, { object_marking_refs: member }),
    );

    expect(signal.marking.tlp).toBe(tlp);
  });

  test('lets a granular marking raise the marking of the whole', async () => {
    const signal = await only(
      object('report', {
        object_marking_refs: [tlpMarkingIds.clear],
        granular_markings: [{ marking_ref: tlpMarkingIds['amber+strict'], selectors: ['description'] }],
        object_refs: [ip(1).id],
      }),
      ip(1),
    );

    expect(signal.marking.tlp).toBe('amber+strict');
    expect(signal.raw).toMatchObject({ granular_markings: [{ selectors: ['description'] }] });
  });

  test('makes a retraction of a report that was revoked, and leaves revoked members out', async () => {
    const signal = await only(
      object('report', { revoked: true, object_refs: [id('indicator')] }),
      object('indicator', { revoked: true, pattern: "[mutex:name='m']" }),
    );

    expect(signal.kind).toBe('retraction');
    expect(signal.observables).toEqual([]);
  });

  test('rises in revision with anything that the signal says', async () => {
    const first = await only(object('report', { object_refs: [ip(1).id] }), ip(1));
    const later = await only(
      object('report', { object_refs: [ip(1).id, id('malware')] }),
      ip(1),
      object('malware', { modified: '2026-03-02T10:00:00.000Z' }),
    );

    expect(first.revision).toBe(1);
    expect(later.revision).toBe(86_401);
  });

  test('reads the incident extension with its times, fidelity, counts and impacts', async () => {
    const signal = await only(
      object('incident', {
        extensions: {
          'extension-definition--ef765651-680c-498d-9894-99799f2fa126': {
            extension_type: 'property-extension',
            determination: 'confirmed',
            incident_types: ['denial-of-service'],
            impacted_entity_counts: { 'computers-server': 232 },
            impact_refs: [id('impact')],
            start_time: '2026-02-01T04:00:00.000Z',
            start_time_fidelity: 'day',
          },
        },
      }),
      object('impact', { description: 'All servers were down.', impact_category: 'availability' }),
    );

    expect(signal.observedAt).toBe('2026-02-01');
    expect(signal.text).toContain('computers-server 232');
    expect(signal.text).toContain('All servers were down.');
  });

  test('lets a sighting say when', async () => {
    const signal = await only(object('indicator', { pattern: "[mutex:name='m']" }), {
      type: 'sighting',
      id: id('sighting'),
      created: at,
      modified: at,
      sighting_of_ref: id('indicator'),
      first_seen: '2025-01-01T00:00:00Z',
      last_seen: '2025-01-02T00:00:00Z',
    });

    expect(signal.observedAt).toEqual({ start: '2025-01-01T00:00:00Z', end: '2025-01-02T00:00:00Z' });
  });

  test('names a channel as the source, whatever the file says about its producer', async () => {
    const { signals } = await read(
      [object('identity', { name: 'Somebody else' }), object('indicator', { created_by_ref: id('identity'), pattern: "[mutex:name='m']" })],
      { source: 'feed-1', sourceType: 'sector', marking: { tlp: 'red' } },
    );

    expect(signals[0]).toMatchObject({ source: 'feed-1', sourceType: 'sector', marking: { tlp: 'red' } });
  });

  test('splits what one signal cannot hold', async () => {
    const many = Array.from({ length: 5_001 }, (_, index) => ({ type: 'mutex', id: id('mutex', index), name: `m${index}` }));
    const { signals, observables } = await read([object('report', { object_refs: many.map((item) => item.id) }), ...many]);

    expect(signals.map((signal) => signal.observables.length)).toEqual([5_000, 1]);
    expect(observables).toBe(5_001);
  });

  test('refuses objects that refer to each other so that their reports cannot be told apart', async () => {
    const reports = Array.from({ length: 1_200 }, (_, index) => object('report', { object_refs: [id('note', 0)] }, index));
    const notes = Array.from({ length: 1_200 }, (_, index) =>
      object('note', { content: 'x', object_refs: [id('note', index + 1)] }, index),
    );

    expect((await read([...reports, ...notes])).refused?.reason).toContain('densely');
  });

  test('drops what is there twice, without an identifier, or related to nothing', async () => {
    const { dropped } = await read([
      ip(1),
      ip(1),
      { type: 'ipv4-addr', value: '192.0.2.9' },
      5,
      relate(ip(1).id, 'uses', id('tool', 9)),
      relate(ip(1).id, 'uses', ip(1).id, 2),
    ]);

    expect(dropped.map(({ at: where }) => where.split(' ')[0])).toEqual(
      expect.arrayContaining(['objects[1]', 'objects[2]', 'objects[3]', 'objects[4]', 'objects[5]']),
    );
  });
});
