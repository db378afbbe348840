import fc from 'fast-check';

const uuid = fc.integer({ min: 0, max: 40 }).map((number) => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`);
const word = fc.string({ minLength: 1, maxLength: 20 });
const time = fc.constantFrom('2026-01-02T03:04:05Z', '2026-01-02T03:04:05.123456Z', '2025-12-31', 'yesterday', '2026-13-45T00:00:00Z');
const types = [
  'report',
  'grouping',
  'incident',
  'campaign',
  'event',
  'indicator',
  'malware',
  'identity',
  'location',
  'attack-pattern',
  'ipv4-addr',
  'domain-name',
  'file',
  'user-account',
  'channel',
  'narrative',
  'note',
  'opinion',
  'observed-data',
  'media-content',
  'x-custom',
] as const;
const id = fc.tuple(fc.constantFrom(...types), uuid).map(([type, suffix]) => `${type}--${suffix}`);

const object = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        id,
        fc.record(
          {
            name: word,
            description: word,
            created: time,
            modified: time,
            published: time,
            first_seen: time,
            last_seen: time,
            value: fc.oneof(word, fc.ipV4(), fc.domain(), fc.webUrl()),
            revoked: fc.boolean(),
            confidence: fc.integer({ min: -5, max: 120 }),
            object_refs: fc.array(id, { maxLength: 6 }),
            created_by_ref: id,
            labels: fc.array(word, { maxLength: 2 }),
            pattern: fc.oneof(word, fc.constant("[ipv4-addr:value = '192.0.2.7' OR file:hashes.'SHA-256' IN ('ab', 'cd')]")),
            hashes: fc.dictionary(word, word, { maxKeys: 2 }),
            object_marking_refs: fc.constantFrom(
              [],
              ['marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1'],
              ['marking-definition--00000000-0000-4000-8000-00000000ffff'],
            ),
          },
          { requiredKeys: [] },
        ),
      )
      .map(([ref, rest]) => ({ ...rest, type: ref.slice(0, ref.indexOf('--')), id: ref })),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('relationship'),
      id: uuid.map((suffix) => `relationship--${suffix}`),
      relationship_type: fc.constantFrom('uses', 'targets', 'indicates', 'related-to'),
      source_ref: id,
      target_ref: id,
      created: time,
    }),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);

/** A bundle of any objects, related in any way: the text of a STIX file. */
export const anyBundle = fc
  .array(object, { maxLength: 25 })
  .map((objects) => JSON.stringify({ type: 'bundle', id: 'bundle--00000000-0000-4000-8000-000000000000', objects }));

const attribute = fc.record(
  {
    type: fc.constantFrom(
      'ip-dst',
      'domain',
      'filename|sha256',
      'url',
      'text',
      'size-in-bytes',
      'vulnerability',
      'unheard-of',
      'attachment',
    ),
    category: fc.constantFrom('Network activity', 'External analysis'),
    value: fc.oneof(word, fc.ipV4(), fc.domain()),
    comment: word,
    deleted: fc.boolean(),
    data: fc.base64String({ maxLength: 20 }),
    Tag: fc.array(
      fc.record({
        name: fc.constantFrom(
          'tlp:red',
          'tlp:white',
          'misp-galaxy:mitre-attack-pattern="X - T1566.001"',
          'exercise:cyber-europe="2026"',
          'admiralty-scale:source-reliability="b"',
        ),
      }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['type', 'value'] },
);

/** The text of a MISP event. */
export const anyMisp = fc
  .record(
    {
      info: word,
      date: fc.constantFrom('2026-01-02', 'soon'),
      uuid,
      timestamp: fc.constantFrom('1700000000', 'x', 0),
      distribution: fc.constantFrom('0', '3', 9),
      Orgc: fc.record({ name: word }),
      Attribute: fc.array(attribute, { maxLength: 8 }),
      Object: fc.array(fc.record({ name: word, Attribute: fc.array(attribute, { maxLength: 3 }), deleted: fc.boolean() }), {
        maxLength: 2,
      }),
    },
    { requiredKeys: ['info', 'Attribute'] },
  )
  .map((event) => JSON.stringify({ Event: event }));

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[^\t\n -\u{ffff}]/gu, '');

/** The text of a CAP alert. */
export const anyCap = fc
  .record({
    identifier: word,
    status: fc.constantFrom('Actual', 'Exercise', 'Test', 'Draft', 'System', 'Else'),
    type: fc.constantFrom('Alert', 'Update', 'Cancel', 'Ack'),
    scope: fc.constantFrom('Public', 'Restricted', 'Private'),
    references: fc.constantFrom(
      '',
      'a@b.example,1,2026-01-01T00:00:00+00:00',
      'a@b.example,1,2026-01-01T00:00:00+00:00 a@b.example,2,2026-01-01T01:00:00+00:00',
      'nonsense',
    ),
    event: word,
    polygon: fc.constantFrom('', '1,1 1,2 2,2 1,1', '1,1 x'),
    version: fc.constantFrom('1.1', '1.2', '1.0'),
  })
  .map(
    (cap) =>
      `<?xml version="1.0" encoding="UTF-8"?><alert xmlns="urn:oasis:names:tc:emergency:cap:${cap.version}"><identifier>${escaped(cap.identifier)}</identifier><sender>a@b.example</sender><sent>2026-01-02T03:04:05+00:00</sent><status>${cap.status}</status><msgType>${cap.type}</msgType><scope>${cap.scope}</scope><references>${cap.references}</references><info><category>Met</category><event>${escaped(cap.event)}</event><urgency>Past</urgency><severity>Minor</severity><certainty>Observed</certainty><area><areaDesc>x</areaDesc><polygon>${cap.polygon}</polygon></area></info></alert>`,
  );

/** The text of a mail. */
export const anyMail = fc
  .record({
    subject: word,
    date: fc.constantFrom('Tue, 3 Mar 2026 10:11:12 +0200', 'never'),
    grade: fc.constantFrom('B2', 'F6', 'Z9'),
    marking: fc.constantFrom('TLP:RED', 'secret', ''),
    body: word,
    html: fc.boolean(),
  })
  .map(
    (mail) =>
      `From: post@embassy.example\r\nDate: ${mail.date}\r\nSubject: ${mail.subject.replaceAll(/[\r\n]/g, ' ')}\r\nContent-Type: text/${mail.html ? 'html' : 'plain'}; charset=utf-8\r\n\r\nGrade: ${mail.grade}\r\nMarking: ${mail.marking}\r\n\r\n${mail.body}`,
  );

/** The text of a CSV in our own words. */
export const anyCsv = fc
  .array(fc.tuple(word, time, word), { maxLength: 5 })
  .map((rows) =>
    ['title,observedAt,observable:domain', ...rows.map((row) => row.map((cell) => JSON.stringify(cell)).join(','))].join('\n'),
  );

/** Any text with a few pieces cut out, doubled or replaced. */
export const mutated = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(texts, fc.array(fc.tuple(fc.nat(), fc.nat(40), fc.oneof(fc.constant(''), fc.string({ maxLength: 10 }))), { maxLength: 3 }))
    .map(([text, edits]) =>
      edits.reduce((changed, [at, length, piece]) => {
        const start = changed.length === 0 ? 0 : at % changed.length;
        return changed.slice(0, start) + piece + changed.slice(start + length);
      }, text),
    );
