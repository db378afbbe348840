import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPattern } from './pattern-comparisons.ts';
import { patternValues } from './pattern-values.ts';

describe('readPattern', () => {
  test('law: never throws, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc
            .array(fc.constantFrom('[', ']', '(', ')', "'", '\\', ':', '=', 'a', '.', ' ', 'IN', 'NOT', 'LIKE', ','))
            .map((parts) => parts.join('')),
        ),
        (text) => void readPattern(text),
      ),
    );
  });

  test('law: a quoted value is read as it was', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const quoted = value.replaceAll('\\', '\\\\').replaceAll("'", "\\'");

        expect(readPattern(`[mutex:name = '${quoted}']`)).toMatchObject({ comparisons: [{ values: [value] }] });
      }),
    );
  });

  test.each([
    ["[ipv4-addr:value = '10.0.0.0']", [{ type: 'ipv4', value: '10.0.0.0' }], true],
    [
      "[domain-name:value='a.example' OR domain-name:value='b.example']",
      [
        { type: 'domain', value: 'a.example' },
        { type: 'domain', value: 'b.example' },
      ],
      true,
    ],
    [
      "[file:hashes.'SHA-256' = 'EF537F25C895BFA782526529A9B63D97AA631564D5D789C2B765448C8635FB6C']",
      [{ type: 'sha256', value: 'ef537f25c895bfa782526529a9b63d97aa631564d5d789c2b765448c8635fb6c' }],
      true,
    ],
    ["[file:hashes.md5 = '002325a0a67fded0381b5648d7fe9b8e']", [{ type: 'md5', value: '002325a0a67fded0381b5648d7fe9b8e' }], true],
    [
      "[app:cert.sha256='3ac97735164824657b683e805133b1274b2dedabf9fdd6aa9aca31089d501e64']",
      [{ type: 'certificate', value: '3ac97735164824657b683e805133b1274b2dedabf9fdd6aa9aca31089d501e64' }],
      true,
    ],
    [
      "[email-message:from_ref.value = 'a@b.example' AND email-message:subject = 'Hi']",
      [
        { type: 'email', value: 'a@b.example' },
        { type: 'email-subject', value: 'Hi' },
      ],
      true,
    ],
    [
      "[url:value IN ('http://a.example/1', 'http://a.example/2')]",
      [
        { type: 'url', value: 'http://a.example/1' },
        { type: 'url', value: 'http://a.example/2' },
      ],
      true,
    ],
    [
      "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '203.0.113.33/32'] WITHIN 300 SECONDS",
      [{ type: 'cidr', value: '203.0.113.33/32' }],
      false,
    ],
    ["[file:size > 25536 AND file:name LIKE '%.exe']", [], false],
    ["[file:name NOT = 'good.exe']", [], false],
    [
      "([ipv4-addr:value = '198.51.100.1'] FOLLOWEDBY [mutex:name = 'x']) REPEATS 5 TIMES",
      [
        { type: 'ipv4', value: '198.51.100.1' },
        { type: 'mutex', value: 'x' },
      ],
      true,
    ],
  ])('reads %s', (pattern, values, whole) => {
    expect(patternValues(pattern)).toEqual({ values, whole });
  });

  test.each(["[ipv4-addr:value = '10.0.0.0'", "[a:b = 'x]", 'rule yara { condition: true }', ''])('finds no pattern in %j', (text) => {
    expect(readPattern(text).kind).toBe('not-a-pattern');
  });
});
