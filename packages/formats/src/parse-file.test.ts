import { PostedSignal } from '@samenhang/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyBundle, anyCap, anyCsv, anyMail, anyMisp, mutated } from './any-file.fixture.ts';
import { parseFile } from './index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, name = 'file') => parseFile(bytes(text), name);

describe('parseFile', () => {
  test('law: never rejects, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.constantFrom('a.csv', 'a.eml', 'a.json', 'a'), async (noise, name) => {
        const parsed = await parseFile(noise, name);

        expect(parsed.refused === null || parsed.signals.length === 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  test('law: real shapes with anything changed in them give valid signals or a reason', async () => {
    const anyText = fc.oneof(anyBundle, anyMisp, anyCap, anyMail, anyCsv);
    await fc.assert(
      fc.asyncProperty(mutated(anyText), fc.constantFrom('a.csv', 'a.eml', 'a'), async (text, name) => {
        const parsed = await read(text, name);

        for (const signal of parsed.signals) expect(PostedSignal.safeParse(signal).success).toBe(true);
        if (parsed.refused !== null) expect(parsed.refused.reason.length).toBeGreaterThan(10);
        else expect(parsed.signals.length + parsed.dropped.length).toBeGreaterThan(0);
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  test('law: the same bytes give the same signals', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyBundle, anyMisp, anyCap, anyMail), async (text) => {
        expect(await read(text)).toEqual(await read(text));
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  test.each([
    ['a document type', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><alert>&e;</alert>', 'DOCTYPE'],
    ['deep XML', `<alert>${'<info>'.repeat(100_000)}`, 'nested'],
    ['cut XML', '<alert><info>', 'not well-formed'],
    ['deep JSON', `{"type":"bundle","objects":${'['.repeat(200_000)}`, 'nested'],
    ['cut JSON', '{"type":"bundle","objects":[{"type":"indicator"', 'cut off'],
    ['an endless string', '{"type":"bundle', 'cut off'],
    ['nothing', '', 'empty'],
    ['white space', ' \n\t ', 'nothing but white space'],
    ['prose', 'Dear colleagues, nothing happened.', 'not valid JSON'],
    ['other JSON', '{"hello":"world"}', 'neither STIX, MISP nor signals'],
    ['other XML', '<html><body/></html>', 'only CAP'],
    ['STIX 1', '<stix:STIX_Package xmlns:stix="http://stix.mitre.org/stix-1"/>', 'STIX 1.x'],
    ['CAP 1.0', '<alert xmlns="http://www.incident.com/cap/1.0"/>', 'CAP 1.1 and 1.2 are read'],
    ['an empty bundle', '{"type":"bundle","id":"bundle--00000000-0000-4000-8000-000000000000","objects":[]}', 'nothing that reports'],
    ['an empty list', '[]', 'neither STIX'],
    ['zero bytes', 'a\u0000b', 'zero bytes'],
  ])('refuses %s with a reason and a place', async (_what, text, reason) => {
    const { refused, signals } = await read(text);

    expect(refused?.reason).toContain(reason);
    expect(refused?.at).not.toBe('');
    expect(signals).toEqual([]);
  });

  test('names the line of a mistake in JSON', async () => {
    expect((await read('{\n  "type": "bundle",\n  "objects": [}\n')).refused?.at).toBe('line 3, column 15');
  });

  test('reads NDJSON and drops the lines that are no signal', async () => {
    const signal = {
      source: 's',
      externalId: '1',
      sourceType: 'ras',
      title: 't',
      observedAt: '2026-01-01',
      marking: { tlp: 'green' },
      lang: null,
    };
    const { format, signals, dropped } = await read(`${JSON.stringify(signal)}\n{"broken\n${JSON.stringify({ ...signal, color: 1 })}\n`);

    expect(format).toBe('signals');
    expect(signals.map(({ externalId }) => externalId)).toEqual(['1']);
    expect(dropped.map(({ at }) => at)).toEqual(['line 2', 'line 3']);
  });

  test('counts every distinct observable once', async () => {
    const base = {
      source: 's',
      sourceType: 'ras',
      title: 't',
      observedAt: '2026',
      marking: { tlp: 'green' },
      observables: [{ type: 'ipv4', value: '192.0.2.1' }],
    };

    expect(
      (
        await read(
          JSON.stringify([
            { ...base, externalId: 'a' },
            { ...base, externalId: 'b' },
          ]),
        )
      ).observables,
    ).toBe(1);
  });

  test.each([
    ['JSON brackets', (n: number) => '['.repeat(n)],
    ['JSON objects', (n: number) => `[${'{},'.repeat(n / 3)}{}]`],
    ['quotes', (n: number) => `["${'\\"'.repeat(n / 2)}`],
    ['XML elements', (n: number) => `<a>${'<b/>'.repeat(n / 4)}`],
    ['one XML text', (n: number) => `<a>${'x'.repeat(n)}</a>`],
    ['NDJSON lines', (n: number) => '{"a":1}\n'.repeat(n / 8)],
    ['CSV rows', (n: number) => `title,observedAt\n${'a,2026\n'.repeat(n / 100)}`],
    ['mail lines', (n: number) => `From: a@b.example\n\n${'a: b\n'.repeat(n / 50)}`],
    [
      'mail HTML with open quotes',
      (n: number) => `From: a@b.example\nDate: Tue, 3 Mar 2026 10:11:12 +0200\nContent-Type: text/html\n\n${'<a href="'.repeat(n / 9)}`,
    ],
    [
      'patterns',
      (n: number) =>
        JSON.stringify({
          type: 'indicator',
          id: 'indicator--33fe3b22-0201-47cf-85d0-97c02164528d',
          created: '2026-01-01T00:00:00Z',
          pattern_type: 'stix',
          pattern: '[a:b['.repeat(n / 5),
        }),
    ],
  ])(
    'takes time in proportion to the length of %s',
    async (_what, make) => {
      const timed = async (size: number): Promise<number> => {
        const input = bytes(make(size));
        let best = Number.POSITIVE_INFINITY;
        for (let round = 0; round < 2; round += 1) {
          const began = process.cpuUsage();
          await parseFile(input, 'a.csv');
          const { user, system } = process.cpuUsage(began);
          best = Math.min(best, (user + system) / 1_000);
        }
        return best;
      };
      await timed(20_000);

      // Quadratic time would be 256 times as long; the slack is for a busy machine.
      expect(await timed(320_000)).toBeLessThan(160 * Math.max(4, await timed(20_000)));
    },
    60_000,
  );
});
