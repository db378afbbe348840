import { normaliseObservable } from '@samenhang/domain';
import fc from 'fast-check';
import { extractIOC } from 'ioc-extractor';
import { describe, expect, test } from 'vitest';
import { extractObservables } from './extract-observables.ts';

const found = (text: string): readonly string[] => extractObservables(text).map(({ type, value }) => `${type} ${value}`);

describe('extractObservables', () => {
  test.each([
    ['Zie https://evil.example.com/a?b=1, daarna niets.', ['url https://evil.example.com/a?b=1']],
    ['hxxps://evil[.]example[.]com/x en hXXp://foo[.]nl', ['url https://evil.example.com/x', 'url http://foo.nl']],
    ['hxxp[://]foo[.]nl/y', ['url http://foo.nl/y']],
    ['(http://foo.nl/x) "http://foo.nl/y" <http://foo.nl/z>', ['url http://foo.nl/x', 'url http://foo.nl/y', 'url http://foo.nl/z']],
    ['https://en.wikipedia.org/wiki/A_(b).', ['url https://en.wikipedia.org/wiki/A_(b)']],
    ['http://user:pw@foo.nl:8080/x', ['url http://foo.nl:8080/x']],
    ['mail a.b[at]foo[.]nl of jan [at] foo [dot] nl', ['email a.b@foo.nl', 'email jan@foo.nl']],
    ['mailto:Piet@Foo.NL', ['email piet@foo.nl']],
    ['1.2.3.4:80 8.8.8[.]8 10.0.0.0/8 999.1.1.1 01.2.3.4', ['ipv4 1.2.3.4', 'ipv4 8.8.8.8', 'cidr 10.0.0.0/8']],
    ['http://1.2.3.4/x', ['url http://1.2.3.4/x']],
    ['2001:DB8::0:1 om 10:30:45 op 00:1A:2B:3C:4D:5E', ['ipv6 2001:db8::1', 'mac 00:1a:2b:3c:4d:5e']],
    ['MD5:002325A0A67FDED0381B5648D7FE9B8E', ['md5 002325a0a67fded0381b5648d7fe9b8e']],
    ['tel nummer 12345678901234567890123456789012', []],
    [
      'cve-2017-11882, T1566.001, T0855 and T0022.',
      ['cve cve-2017-11882', 'attack-pattern T1566.001', 'attack-pattern T0855', 'disarm-technique T0022'],
    ],
    ['@denazi_UA en @a @12345 @user@masto.example.org', ['account @denazi_ua', 'account @user@masto.example.org']],
    ['#France #1 #ff0000 #Свобода', ['hashtag #france', 'hashtag #свобода']],
    [
      't.me/SolovievLive en https://t.me/SolovievLive/123',
      ['account t.me/solovievlive', 'account t.me/solovievlive', 'url https://t.me/SolovievLive/123'],
    ],
    ['https://twitter.com/intent/tweet?x=1', ['url https://twitter.com/intent/tweet?x=1']],
    ['het schip Yi Peng 3 (IMO 9224984), MMSI: 244660000, IMO 9224985', ['vessel IMO 9224984', 'mmsi 244660000']],
    ['vliegtuig met kenteken RA-85155 landde', ['aircraft RA-85155']],
    ['de zaak PH-ABC loopt', []],
    ['IBAN NL91 ABNA 0417 1643 00 en NL92ABNA0417164300', ['iban nl91abna0417164300']],
    ['bel +31 (0)20-555 01 42 of +1 2', ['phone +31205550142']],
    ['1BoatSLRHtKNngkdXEeobR76b53LETtpyT 1BoatSLRHtKNngkdXEeobR76b53LETtpyX', ['wallet 1BoatSLRHtKNngkdXEeobR76b53LETtpyT']],
    [
      'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdx',
      ['wallet bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq'],
    ],
    ['end.The e.g. U.S.A. main.py report.pdf v1.2.3 3.14 www.nos.nl', ['domain www.nos.nl']],
    ['请访问example.org，谢谢', ['domain example.org']],
    ['сайт правда.рф работает', ['domain xn--80aafi6cg.xn--p1ai']],
    ['Domains: a.example.org,b.example.org;c.example.org', ['domain a.example.org', 'domain b.example.org', 'domain c.example.org']],
  ])('reads %s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test.each([
    ['toestel PH-XVB en samolot SP-LXT', ['aircraft PH-XVB', 'aircraft SP-LXT']],
    ['TC-KVM tescilli uçak. Le dossier F-ABCD', ['aircraft TC-KVM']],
    ['un avion a décollé. Le dossier F-ABCD', []],
    ['gaz-zwrot.pl en obnova.rs maar README.md', ['domain gaz-zwrot.pl', 'domain obnova.rs']],
    ['versie 4.2.11.17, § 3.4.2.1, Version du client 2.8.0.4, 5.1.2.3 maddesi, للمادة 3.2.1.4', []],
    ['the new version contacts 4.2.11.17 and version 4.2.11[.]18', ['ipv4 4.2.11.17', 'ipv4 4.2.11.18']],
    [
      '«счёт.scr», Factuur_1187.pdf.exe, Nota_Verbale_12.pdf',
      ['filename счёт.scr', 'filename Factuur_1187.pdf.exe', 'filename Nota_Verbale_12.pdf'],
    ],
    ['via AS57523, niet via AS4', ['asn AS57523']],
    [
      'CVE‑2026‑20418, CVE 2025-41190, СVE-2026-20991 и Т1566.001',
      ['cve cve-2026-20418', 'cve cve-2025-41190', 'cve cve-2026-20991', 'attack-pattern T1566.001'],
    ],
    ['zaak 2025-41190', []],
    ['T1105/T1071.001 IMO9224984/MMSI en/of km/h', ['attack-pattern T1105', 'attack-pattern T1071.001', 'vessel IMO 9224984']],
    ['89.23.107.14-89.23.107.19 en 1.2-3.4', ['ipv4 89.23.107.14', 'ipv4 89.23.107.19']],
    ['Tel +46 8 555 014 70, ref. 00-4417-20261124', ['phone +46855501470']],
    ['callers used 0044 7700 900461', ['phone +447700900461']],
    ['телефон 8 (495) 555-01-62', ['phone 84955550162']],
    ['tel. 020-555 01 93. Bestelling 030-555 01 93', ['phone 0205550193']],
    ['order 0044 7700 900461', []],
    ['телефон занят, № 0044-5501-2877', []],
    ['رقم +٩٧١ ٥٠ ٥٥٥ ٠١٤٧', ['phone +971505550147']],
    ['@everyone om @14u, @alleskunner', ['account @alleskunner']],
    ['youtube.com/@klartext', ['account youtube.com/klartext']],
    ['https://vk.com/wall-218844170_5512', ['url https://vk.com/wall-218844170_5512']],
    ['[2A06:98c0::77]:443 2a01:cb19::/48 2a01:cb19::/129', ['ipv6 2a06:98c0::77', 'cidr 2a01:cb19::/48']],
    ['3C-5A-B4-19-7E-02', ['mac 3c:5a:b4:19:7e:02']],
    ["haber-son.com'da, 185.234.72[.]19'dan, t.me/sondakika'da", ['domain haber-son.com', 'ipv4 185.234.72.19', 'account t.me/sondakika']],
    [
      'وT1110.003 وhttps://a-b.org/pay، ثم 7b1f6dff14d8c2dfeb7da9487be0612d،',
      ['attack-pattern T1110.003', 'url https://a-b.org/pay', 'md5 7b1f6dff14d8c2dfeb7da9487be0612d'],
    ],
    ['mail piet@foo.nl.Morgen meer; foo.nl.Morgen', ['email piet@foo.nl', 'domain foo.nl']],
    ['zashita.ru/lk?ref=sms', ['url http://zashita.ru/lk?ref=sms']],
    ['dozor [собака] foo [точка] ru, j.ortega(arroba)foo(punto)es', ['email dozor@foo.ru', 'email j.ortega@foo.es']],
    ['ИМО 9224984, n° OMI 9224984', ['vessel IMO 9224984', 'vessel IMO 9224984']],
  ])('reads %s, as reports in other languages and from other keyboards write', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test('gives spans that hold what was found', () => {
    const text = 'Eerst hxxp://foo[.]nl/a, toen NL91 ABNA 0417 1643 00.';

    expect(extractObservables(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'hxxp://foo[.]nl/a',
      'NL91 ABNA 0417 1643 00',
    ]);
  });

  const pieces = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'http://',
          'hxxp',
          '[.]',
          '(at)',
          '@',
          '#',
          '+31',
          'NL91',
          'IMO ',
          '.nl',
          '/',
          ':',
          '::',
          '1.2.3.4',
          'CVE-2020-',
          'T1234',
          '0x',
          ' ',
          ',',
          '(',
          ')',
          'www.',
          'a',
          'é',
          '例',
          "'da",
          'و',
          '0044 7',
          'tel ',
          'CVE ',
          'v ',
          '‑',
        ),
        fc.string({ maxLength: 5 }),
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join(''));

  test('law: never throws, gives spans in order and inside the text, and values in their one form', () => {
    fc.assert(
      fc.property(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 80 })), (text) => {
        let last = 0;
        for (const { type, value, start, end } of extractObservables(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(normaliseObservable({ type, value })).toEqual({ type, value });
          last = start;
        }
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);

  test('law: an address that was made harmless is found as if it was not', () => {
    fc.assert(
      fc.property(
        fc.domain().filter((domain) => found(domain).length === 1 && found(domain)[0]?.startsWith('domain') === true),
        (domain) => {
          expect(found(domain.replaceAll('.', '[.]'))).toEqual(found(domain));
          expect(found(`hxxps://${domain.replaceAll('.', '(dot)')}/x`)).toEqual([`url https://${domain}/x`]);
        },
      ),
      { numRuns: 200 },
    );
  }, 60_000);

  test('finds what ioc-extractor finds, where it is right', () => {
    const text =
      'Beacon to 203.0.113.7 and evil-site.com, hash 5f4dcc3b5aa765d61d8327deb882cf99, da39a3ee5e6b4b0d3255bfef95601890afd80709 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 mail bad@evil-site.com CVE-2021-44228 http://evil-site.com/payload.exe 1BoatSLRHtKNngkdXEeobR76b53LETtpyT';
    const oracle = extractIOC(text);
    const ours = new Set(extractObservables(text).map(({ value }) => value.toLowerCase()));
    const theirs = [
      ...oracle.ipv4s,
      ...oracle.md5s,
      ...oracle.sha1s,
      ...oracle.sha256s,
      ...oracle.emails,
      ...oracle.cves,
      ...oracle.btcs,
      ...oracle.urls,
    ].map((value) => value.toLowerCase());

    expect(theirs.length).toBeGreaterThanOrEqual(8);
    expect(theirs.filter((value) => !ours.has(value))).toEqual([]);
  });

  test.each([
    'a',
    'a.',
    'a@',
    '[.]',
    '[.] ',
    'a [dot] ',
    '+1 ',
    '+12345678',
    '#',
    'NL91 ',
    'a:',
    'http://',
    '(',
    ')',
    'IMO 1234567 ',
    'a1',
    'PH-ABC ',
    'http://a.nl/,',
    'é.',
    '1.1.1.1/',
    'x@y.nl',
    '0',
    '020 ',
    '8 (',
    "a.nl'a ",
    'و1',
    'v 1.1.1.1 ',
    'CVE 2020-12345 ',
    'PH-ABC',
    'a.B.',
    'a/',
    '1.1.1.1-',
  ])('takes time in proportion to the length of text made of %j', (piece) => {
    const timed = (length: number): number => {
      const text = piece.repeat(length / piece.length);
      const began = process.cpuUsage();
      extractObservables(text);
      const { user } = process.cpuUsage(began);
      return user / 1_000;
    };
    timed(10_000);
    const small = Math.min(timed(20_000), timed(20_000));

    // Quadratic time would be 256 times as long.
    expect(timed(320_000)).toBeLessThan(128 * Math.max(2, small));
  });
});
