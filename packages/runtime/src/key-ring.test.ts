import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ServiceError } from './errors.ts';
import { ClientFile, clientFileOf, ensureFirstKeys, keyFileOf } from './first-keys.ts';
import { createKeyRing, openKeyRing } from './key-ring.ts';
import type { KeyRequest } from './keys.ts';
import { writeSecretFile } from './secret-file.ts';

const forever: KeyRequest = { name: 'k', role: 'analyst', audiences: 'all', sources: [] };

describe('a key', () => {
  test('is good until it expires or is revoked', () => {
    let now = Date.UTC(2026, 0, 1);
    const keys = createKeyRing([], () => now);
    const lasting = keys.create(forever);
    const expiring = keys.create({ ...forever, expiresAt: '2026-01-02T00:00:00Z' });

    expect(keys.verify(lasting.key)?.id).toBe(lasting.record.id);
    expect(keys.verify(expiring.key)?.id).toBe(expiring.record.id);
    now = Date.UTC(2026, 0, 3);
    expect(keys.verify(expiring.key)).toBeUndefined();
    keys.revoke(lasting.record.id);
    expect(keys.verify(lasting.key)).toBeUndefined();
  });

  test('is kept as a hash only, and another key with its id is not it', () => {
    const keys = createKeyRing([], () => 0);
    const { key, record } = keys.create(forever);

    expect(key).toMatch(/^sam_[0-9a-f]{8}_[A-Za-z0-9_-]{43}$/);
    expect(JSON.stringify(keys.list())).not.toContain(key.slice(13));
    expect(keys.verify(`sam_${record.id}_${'A'.repeat(43)}`)).toBeUndefined();
    expect(keys.verify('sam_wrong')).toBeUndefined();
  });
});

describe('the key file', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'keys-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test('gets three keys on the first run, given once, that only their owner can read', () => {
    const keys = ensureFirstKeys(directory, 'http://127.0.0.1:1', 0);

    const ring = openKeyRing(keyFileOf(directory));
    expect(ring.verify(keys?.adapter ?? '')?.role).toBe('adapter');
    expect(ring.verify(keys?.analyst ?? '')?.audiences).toBe('all');
    expect(ring.verify(keys?.operator ?? '')?.role).toBe('operator');
    expect(ClientFile.parse(JSON.parse(readFileSync(clientFileOf(directory), 'utf8'))).keys).toEqual(keys);
    for (const file of [keyFileOf(directory), clientFileOf(directory)]) expect(statSync(file).mode & 0o077).toBe(0);
    expect(readFileSync(keyFileOf(directory), 'utf8')).not.toContain(keys?.adapter.slice(13));
  });

  test('keeps its keys at the next start, and the address in client.json right', () => {
    const keys = ensureFirstKeys(directory, 'http://127.0.0.1:1', 0);

    expect(ensureFirstKeys(directory, 'http://127.0.0.1:2', 0)).toBeUndefined();

    expect(JSON.parse(readFileSync(clientFileOf(directory), 'utf8'))).toEqual({ url: 'http://127.0.0.1:2', keys });
  });

  test('is shared: another process sees at once a key that was made, and one that was revoked', () => {
    const [here, there] = [openKeyRing(keyFileOf(directory)), openKeyRing(keyFileOf(directory))];
    const { key, record } = here.create(forever);
    expect(there.verify(key)?.id).toBe(record.id);

    here.revoke(record.id);

    expect(there.verify(key)).toBeUndefined();
  });

  test('is not held for ever by a process that was killed while it held it', () => {
    const lock = `${keyFileOf(directory)}.lock`;
    writeFileSync(lock, '');
    utimesSync(lock, new Date(0), new Date(0));

    expect(openKeyRing(keyFileOf(directory)).create(forever).record.role).toBe('analyst');
    expect(existsSync(lock)).toBe(false);
  });

  test('is refused in words when it is damaged', () => {
    writeSecretFile(keyFileOf(directory), '{"keys": [');

    expect(() => openKeyRing(keyFileOf(directory))).toThrow(ServiceError);
  });
});
