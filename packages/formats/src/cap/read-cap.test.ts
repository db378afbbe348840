import { describe, expect, test } from 'vitest';
import { type ParsedFile, parseFile } from '../index.ts';

interface Parts {
  readonly status?: string;
  readonly type?: string;
  readonly scope?: string;
  readonly extra?: string;
  readonly info?: string;
  readonly version?: string;
}

const block =
  '<info><language>nl</language><category>Infra</category><event>Storing</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty><headline>Kabel stuk</headline><description>De kabel is door.</description><area><areaDesc>Eems</areaDesc><polygon>53.0,6.0 53.0,7.0 54.0,7.0 54.0,6.0 53.0,6.0</polygon><geocode><valueName>NUTS3</valueName><value>NL111</value></geocode></area></info>';
const cap = ({ status = 'Actual', type = 'Alert', scope = 'Public', extra = '', info = block, version = '1.2' }: Parts = {}): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="urn:oasis:names:tc:emergency:cap:${version}">\n<identifier>a3</identifier>\n<sender>ops@net.example</sender>\n<sent>2026-03-01T11:00:00+01:00</sent>\n<status>${status}</status>\n<msgType>${type}</msgType>\n<scope>${scope}</scope>\n${extra}\n${info}\n</alert>`;
const read = (text: string | Uint8Array): Promise<ParsedFile> =>
  parseFile(typeof text === 'string' ? new TextEncoder().encode(text) : text, 'x.xml');

describe('readCap', () => {
  test('makes one sector signal of an alert', async () => {
    const { format, signals, refused } = await read(cap());

    expect([format, refused]).toEqual(['cap-1.2', null]);
    expect(signals).toMatchObject([
      {
        source: 'ops@net.example',
        externalId: 'ops@net.example,a3',
        revision: 1,
        sourceType: 'sector',
        kind: 'report',
        title: 'Kabel stuk',
        text: 'De kabel is door.',
        lang: 'nl',
        themes: ['vital-infrastructure'],
        places: [{ name: 'Eems', country: 'NL', lat: 53.5, lon: 6.5 }],
        marking: { tlp: 'clear' },
      },
    ]);
  });

  test('keeps every language of an alert in one signal', async () => {
    const { signals } = await read(
      cap({
        info:
          block +
          block
            .replace('<language>nl<', '<language>en<')
            .replace('Kabel stuk', 'Cable cut')
            .replace('De kabel is door.', 'The cable is cut.'),
      }),
    );

    expect(signals).toHaveLength(1);
    expect(signals[0]?.text).toBe('De kabel is door.\n\nCable cut\n\nThe cable is cut.');
  });

  const references = '<references>ops@net.example,a2,2026-03-01T10:30:00+01:00 ops@net.example,a1,2026-03-01T10:00:00+01:00</references>';

  test('makes an update the next revision of the first message, and takes back what else it replaces', async () => {
    const { signals } = await read(cap({ type: 'Update', extra: references }));

    expect(signals.map(({ externalId, kind, revision }) => [externalId, kind, revision])).toEqual([
      ['ops@net.example,a1', 'update', 3_601],
      ['ops@net.example,a2', 'retraction', 1_801],
    ]);
  });

  test('makes a cancellation a retraction of every message it refers to', async () => {
    expect((await read(cap({ type: 'Cancel', extra: references }))).signals.map(({ kind }) => kind)).toEqual(['retraction', 'retraction']);
  });

  test('gives an exercise its flag, so that it never touches the real picture', async () => {
    expect((await read(cap({ status: 'Exercise', extra: '<note>PACE 2026</note>' }))).signals[0]?.marking).toMatchObject({
      exercise: 'pace-2026',
    });
  });

  test.each(['Test', 'Draft', 'System'])('drops a message with status %s, with a reason', async (status) => {
    const { signals, dropped } = await read(cap({ status }));

    expect(signals).toEqual([]);
    expect(dropped[0]?.reason).toContain(status);
  });

  test.each([
    ['Restricted', '<restriction>operators</restriction>', 'amber+strict'],
    ['Private', '<addresses>a@b.example</addresses>', 'red'],
  ])('marks a %s alert so that it does not travel', async (scope, extra, tlp) => {
    expect((await read(cap({ scope, extra }))).signals[0]?.marking.tlp).toBe(tlp);
  });

  test.each([
    ['a missing scope', cap().replace('<scope>Public</scope>', ''), 'line 2', 'lacks scope'],
    ['an update that refers to nothing', cap({ type: 'Update', extra: '<references/>' }), 'line 9', 'refers to no earlier message'],
    ['a wrong word', cap({ status: 'Real' }), 'line 6', 'none of'],
    ['an open polygon', cap().replace(' 53.0,6.0</polygon>', ' 53.1,6.0</polygon>'), 'line 10', 'does not end where it began'],
    ['a place off the globe', cap().replaceAll('53.0,6.0', '93.0,6.0'), 'line 10', 'no point'],
    ['an element twice', cap({ extra: '<scope>Public</scope>' }), 'line 9', 'more than once'],
    ['an element of another place', cap({ extra: '<headline>x</headline>' }), 'line 9', 'may not hold'],
    ['a restriction without words', cap({ scope: 'Restricted' }), 'line 2', 'restriction is missing'],
    ['a date without a zone of time', cap().replace('2026-03-01T11:00:00+01:00', '2026-03-01'), 'line 5', 'no date and time'],
  ])('refuses %s and names the line', async (_what, text, at, reason) => {
    const { refused } = await read(text);

    expect(refused?.at).toBe(at);
    expect(refused?.reason).toContain(reason);
  });

  test.each(['utf-16le', 'latin1'] as const)('reads an alert in %s', async (encoding) => {
    const declared = cap()
      .replace('UTF-8', encoding === 'latin1' ? 'ISO-8859-1' : 'UTF-16')
      .replace('Eems', 'Usulután');
    const { signals } = await read(Buffer.from(encoding === 'latin1' ? declared : `\ufeff${declared}`, encoding));

    expect(signals[0]?.places[0]?.name).toBe('Usulután');
  });

  test('reads the alerts that a feed carries and drops the invalid one with its line', async () => {
    const inner = cap().replace(/<\?xml.*\?>\n/, '');
    const { signals, dropped } = await read(
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><content>${inner}</content></entry>\n<entry><content>${inner.replace('<scope>Public</scope>', '')}</content></entry></feed>`,
    );

    expect(signals).toHaveLength(1);
    expect(dropped).toMatchObject([{ reason: 'no valid CAP message: alert lacks scope, which is required' }]);
  });

  test('hashes what an alert carries inside it', async () => {
    const resource =
      '<resource><resourceDesc>map</resourceDesc><mimeType>text/plain</mimeType><derefUri>aGVsbG8=</derefUri></resource><area>';

    expect((await read(cap({ info: block.replace('<area>', resource) }))).signals[0]?.attachments).toEqual([
      { name: 'map', sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824' },
    ]);
  });
});
