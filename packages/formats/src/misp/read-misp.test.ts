import { describe, expect, test } from 'vitest';
import { parseFile } from '../index.ts';

const event = (more: object = {}) => ({
  info: 'Intrusion',
  date: '2026-03-01',
  uuid: '58503e2f-4c78-442d-833f-8ad202de0b81',
  timestamp: '1772323260',
  publish_timestamp: '0',
  distribution: '3',
  Orgc: { name: 'CIRCL' },
  Attribute: [],
  ...more,
});
const attribute = (type: string, value: string, more: object = {}) => ({ type, value, category: 'Network activity', ...more });
const read = (value: unknown) => parseFile(new TextEncoder().encode(JSON.stringify(value)), 'x.json');

describe('readMisp', () => {
  test.each([
    ['an event', { Event: event() }],
    ['a response', { response: [{ Event: event() }] }],
    ['a response of one', { response: { Event: event() } }],
    ['a list', [{ Event: event() }]],
    ['a bare event', event()],
  ])('reads %s', async (_what, file) => {
    expect((await read(file)).signals).toMatchObject([
      {
        source: 'CIRCL',
        externalId: '58503e2f-4c78-442d-833f-8ad202de0b81',
        title: 'Intrusion',
        observedAt: '2026-03-01',
        sourceType: 'sector',
        marking: { tlp: 'green' },
        revision: 61,
      },
    ]);
  });

  test('takes observables from attributes, composites and objects', async () => {
    const { signals } = await read({
      Event: event({
        Attribute: [
          attribute('filename|sha1', 'a|b.exe|7768fd2812ceff05db8f969a7bed1de5615bfc5a'),
          attribute('ip-dst|port', '192.0.2.1|443'),
          attribute('vulnerability', 'cve-2017-11882'),
          attribute('AS', '65000'),
        ],
        Object: [{ name: 'file', Attribute: [attribute('md5', '01C0B7C5BF605ED267B2BE3D024EB90F')] }],
      }),
    });

    expect(signals[0]?.observables.map(({ type, value }) => `${type} ${value}`)).toEqual([
      'filename a|b.exe',
      'sha1 7768fd2812ceff05db8f969a7bed1de5615bfc5a',
      'ipv4 192.0.2.1',
      'cve CVE-2017-11882',
      'asn AS65000',
      'md5 01c0b7c5bf605ed267b2be3d024eb90f',
    ]);
  });

  test('says where and why an attribute is left out', async () => {
    const { dropped } = await read({
      Event: event({
        Attribute: [attribute('ip-dst', '192.0.2.1', { deleted: true }), attribute('size-in-bytes', '12'), { type: 'md5' }],
        Object: [{ name: 'file', deleted: true, Attribute: [attribute('md5', 'x')] }],
        ShadowAttribute: [{}],
      }),
    });

    expect(dropped.map(({ at }) => at)).toEqual([
      'Event.Attribute[0]',
      'Event.Attribute[1]',
      'Event.Attribute[2]',
      'Event.Object[0].Attribute[0]',
      'Event.ShadowAttribute[0]',
    ]);
  });

  test('reads tags: level, grade, techniques of both frameworks, groups, sectors', async () => {
    const tags = [
      'tlp:amber+strict',
      'admiralty-scale:source-reliability="b"',
      'admiralty-scale:information-credibility="3"',
      'misp-galaxy:mitre-attack-pattern="Spearphishing - T1566.001"',
      'misp-galaxy:disarm-techniques="T0022"',
      'misp-galaxy:threat-actor="Sofacy"',
      'misp-galaxy:sector="Energy"',
      'misp-galaxy:country="latvia"',
    ];
    const { signals } = await read({ Event: event({ Tag: tags.map((name) => ({ name })) }) });

    expect(signals[0]).toMatchObject({
      marking: { tlp: 'amber+strict' },
      reliability: 'B',
      credibility: 3,
      techniques: [
        { framework: 'attack', id: 'T1566.001' },
        { framework: 'disarm', id: 'T0022' },
      ],
      observables: [{ type: 'threat-actor', value: 'Sofacy' }],
      sectors: ['Energy'],
      places: [{ country: 'LV' }],
    });
  });

  test('lets the tag of one attribute raise the marking, never lower it', async () => {
    const raised = await read({ Event: event({ Attribute: [attribute('domain', 'a.example', { Tag: [{ name: 'tlp:red' }] })] }) });
    const lowered = await read({
      Event: event({ distribution: '0', Attribute: [attribute('domain', 'a.example', { Tag: [{ name: 'tlp:white' }] })] }),
    });

    expect(raised.signals[0]?.marking.tlp).toBe('red');
    expect(lowered.signals[0]?.marking.tlp).toBe('amber+strict');
  });

  test('gives an exercise its flag', async () => {
    expect((await read({ Event: event({ Tag: [{ name: 'exercise:cyber-europe="2026"' }] }) })).signals[0]?.marking).toMatchObject({
      exercise: 'cyber-europe-2026',
      tlp: 'green',
    });
  });

  test('hashes the sample that an attribute carries', async () => {
    expect(
      (await read({ Event: event({ Attribute: [attribute('attachment', 'note.txt', { data: 'aGVsbG8=' })] }) })).signals[0]?.attachments,
    ).toEqual([{ name: 'note.txt', sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824' }]);
  });
});
