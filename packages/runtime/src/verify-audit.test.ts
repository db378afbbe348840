import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuditEntry, type AuditEvent, chainAuditEvent, emptyAuditHead } from '@samenhang/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuditPlaces } from './audit-chain.ts';
import { openAuditFile } from './audit-file.ts';
import { verifyAudit } from './verify-audit.ts';

const event = (object: string): AuditEvent => ({
  at: '2026-01-01T00:00:00.000Z',
  by: 'ann',
  action: 'read',
  audience: 'a',
  object,
  tlp: 'red',
});

describe('the verification of the audit trail', () => {
  let places: AuditPlaces;
  let file: string;

  beforeEach(async () => {
    const data = mkdtempSync(join(tmpdir(), 'audit-'));
    places = { directory: join(data, 'audit'), anchors: join(data, 'anchors') };
    await using trail = await openAuditFile({ ...places, service: 'query', now: () => 0 });
    for (const object of ['one', 'two', 'three', 'four']) await trail.record(event(object), 'now');
    file = join(places.directory, readdirSync(places.directory)[0] ?? '');
  });
  afterEach(() => rmSync(join(places.directory, '..'), { recursive: true }));

  const lines = (): string[] => readFileSync(file, 'utf8').trimEnd().split('\n');
  const write = (kept: readonly string[]): void => writeFileSync(file, `${kept.join('\n')}\n`);
  const faults = () => verifyAudit(places).map(({ fault }) => fault);

  test('finds nothing wrong with a chain as it was written', () => {
    expect(verifyAudit(places)).toEqual([{ writer: expect.stringMatching(/^query-/), entries: 4, fault: null }]);
  });

  test('finds an edit', () => {
    write(lines().map((line) => line.replace('"two"', '"owt"')));

    expect(faults()).toEqual([{ kind: 'edited', sequence: 2 }]);
  });

  test('finds an edit after which every later hash was made anew', () => {
    const entries: AuditEntry[] = [];
    for (const object of ['one', 'owt', 'three', 'four'])
      entries.push(chainAuditEvent(entries.at(-1) ?? emptyAuditHead, JSON.parse(lines()[0] ?? '').writer, event(object)));
    write(entries.map((entry) => JSON.stringify(entry)));

    expect(faults()).toEqual([{ kind: 'edited', sequence: 4 }]);
  });

  test('finds an entry that was removed, and one that was made unreadable', () => {
    const [one = '', two = '', three = '', four = ''] = lines();
    write([one, three, four]);
    expect(faults()).toEqual([{ kind: 'missing', sequence: 2 }]);

    write([one, `${two.slice(0, -3)}`, three, four]);
    expect(faults()).toEqual([{ kind: 'edited', sequence: 2 }]);
  });

  test('finds a tail that was cut, also within a line', () => {
    const [one = '', two = '', three = ''] = lines();
    write([one, two]);
    expect(faults()).toEqual([{ kind: 'cut', sequence: 2, expected: 4 }]);

    writeFileSync(file, `${one}\n${two}\n${three.slice(0, 30)}`);
    expect(faults()).toEqual([{ kind: 'cut', sequence: 2, expected: 4 }]);
  });

  test('finds a chain that was removed whole, and one that we never began', () => {
    rmSync(file);
    writeFileSync(join(places.directory, 'query-forged.ndjson'), '');

    expect(faults()).toEqual([{ kind: 'removed', expected: 4 }, { kind: 'no-anchor' }]);
  });

  test('takes no offence at a last line that a power cut tore before anybody was told of it', () => {
    appendFileSync(file, '{"at":"2026');

    expect(faults()).toEqual([null]);
  });
});

describe('an audit file', () => {
  test('rejects what it could not keep, says so, and goes on in a new file once it can', async () => {
    const data = mkdtempSync(join(tmpdir(), 'audit-'));
    const places = { directory: join(data, 'audit'), anchors: join(data, 'anchors') };
    let failing = true;
    await using trail = await openAuditFile({
      ...places,
      service: 'query',
      now: () => 0,
      synchronise: async () => {
        if (failing) throw new Error('no space left');
      },
    });

    await expect(trail.record(event('one'), 'now')).rejects.toMatchObject({ code: 'audit-unavailable' });
    failing = false;
    await trail.check();
    await trail.record(event('two'), 'now');

    expect(verifyAudit(places).map(({ fault }) => fault)).toEqual([null, null]);
    expect((await trail.entries()).at(-1)?.object).toBe('two');
    rmSync(data, { recursive: true });
  });
});
