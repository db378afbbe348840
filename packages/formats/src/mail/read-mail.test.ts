import { describe, expect, test } from 'vitest';
import { type ParseOptions, parseFile } from '../index.ts';

const mail = (body: string, headers: readonly string[] = []): string =>
  [
    'From: "Post Riga" <Riga@embassy.example>',
    'Date: Tue, 3 Mar 2026 10:11:12 +0200',
    'Subject: =?utf-8?q?Kabelschade_bij_Liep=C4=81ja?=',
    'Message-ID: <a1@embassy.example>',
    ...headers,
    '',
    body,
  ].join('\r\n');
const read = (text: string, options?: ParseOptions) => parseFile(new TextEncoder().encode(text), 'x.eml', options);

describe('readMail', () => {
  test('reads a report of a post with its header block in the language of the post', async () => {
    const { format, signals } = await read(
      mail(
        'Waardering: B2\r\nRubricering: TLP:GREEN\r\nPlaats: Liepāja\r\nLand: Letland\r\nWaargenomen: 02-03-2026\r\n\r\nVissers zagen het schip.',
        ['Content-Type: text/plain; charset=utf-8'],
      ),
    );

    expect(format).toBe('mail');
    expect(signals).toMatchObject([
      {
        source: 'riga@embassy.example',
        externalId: '<a1@embassy.example>',
        sourceType: 'embassy',
        title: 'Kabelschade bij Liepāja',
        text: 'Vissers zagen het schip.',
        observedAt: '2026-03-02',
        reportedAt: '2026-03-03T08:11:12.000Z',
        reliability: 'B',
        credibility: 2,
        places: [{ name: 'Liepāja', country: 'LV' }],
        marking: { tlp: 'green' },
      },
    ]);
  });

  test('takes F and 6 as unknown', async () => {
    const { signals } = await read(mail('Grade: F6\r\n\r\nx'));

    expect([signals[0]?.reliability, signals[0]?.credibility]).toEqual([undefined, undefined]);
  });

  test('keeps a first line with a colon in the text when it is no header block', async () => {
    expect((await read(mail('Let op: het schip vaart weer.\r\nMeer volgt.'))).signals[0]?.text).toBe(
      'Let op: het schip vaart weer.\nMeer volgt.',
    );
  });

  test('reads HTML as a reader sees it', async () => {
    const { signals } = await read(
      mail(
        '<head><style>p{}</style></head><p>Grade: C3</p><p>See <a href="https://a.example/x?y=1&amp;z">this</a></p><script>alert(1)</script>',
        ['Content-Type: text/html'],
      ),
    );

    expect(signals[0]).toMatchObject({ text: 'See https://a.example/x?y=1&z this', reliability: 'C', credibility: 3 });
  });

  test('keeps the name and hash of an attachment', async () => {
    const body =
      '--x\r\nContent-Type: text/plain\r\n\r\nx\r\n--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=foto.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--x--';

    expect((await read(mail(body, ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=x']))).signals[0]?.attachments).toEqual([
      { name: 'foto.pdf', sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824' },
    ]);
  });

  test.each([
    ['the block', 'Exercise: PACE 26\r\n\r\nx', 'Subject: y'],
    ['the subject', 'x', 'Subject: EXERCISE EXERCISE PACE 26: ship'],
  ])('takes the exercise from %s', async (_where, body, subject) => {
    const text = mail(body).replace(/Subject: .*\r\n/, `${subject}\r\n`);

    expect((await read(text)).signals[0]?.marking.exercise).toBe('pace-26');
  });

  test('makes a report that supersedes another a later revision of it', async () => {
    const { signals } = await read(mail('Supersedes: RIG-1\r\nKind: retraction\r\n\r\nx'));

    expect(signals).toMatchObject([{ externalId: 'RIG-1', kind: 'retraction' }]);
    expect(signals[0]?.revision).toBeGreaterThan(1);
  });

  test('remarks on a marking that names no level and keeps the default of the channel', async () => {
    const { signals, dropped } = await read(mail('Marking: Stg. GEHEIM\r\n\r\nx'), { marking: { tlp: 'red' } });

    expect(signals[0]?.marking.tlp).toBe('red');
    expect(dropped[0]?.reason).toContain('GEHEIM');
  });

  test.each([
    ['no time', mail('x').replace(/Date: .*\r\n/, ''), 'says when'],
    ['more lines than a mail has', mail('x\r\n'.repeat(300_001)), 'lines'],
    ['headers without end', mail('x', ['X-A: b'.repeat(300_000)]), 'cannot be read'],
  ])('refuses a mail with %s', async (_what, text, reason) => {
    expect((await read(text)).refused?.reason).toContain(reason);
  });
});
