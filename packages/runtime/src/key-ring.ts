import { existsSync, readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { ServiceError } from './errors.ts';
import { type KeyRecord, KeyRecord as KeyRecordSchema, type KeyRequest, makeKey, verifyKey } from './keys.ts';
import { writeSecretFile } from './secret-file.ts';

/** The keys that are known. A revocation holds from the next request; one made by another process on the same file, within a second. */
export interface KeyRing {
  verify(key: string): KeyRecord | undefined;
  list(): readonly KeyRecord[];
  /** Keeps the record and gives the key: the only time it can be seen. */
  create(request: KeyRequest): { readonly key: string; readonly record: KeyRecord };
  /** Undefined when there is no such key; revoking twice is the same as once. */
  revoke(id: string): KeyRecord | undefined;
}

const KeyFile = z.strictObject({ keys: z.array(KeyRecordSchema) });

const byId = (records: readonly KeyRecord[]): Map<string, KeyRecord> => new Map(records.map((record) => [record.id, record]));

function readKeys(file: string): Map<string, KeyRecord> {
  try {
    return byId(existsSync(file) ? KeyFile.parse(JSON.parse(readFileSync(file, 'utf8'))).keys : []);
  } catch (cause) {
    throw new ServiceError('config-invalid', `The key file ${file} cannot be read; restore it, or remove it to get new keys.`, { cause });
  }
}

/** A key ring that lives in memory only: for tests, and for keys that are given from outside. */
export function createKeyRing(
  records: readonly KeyRecord[],
  now: () => number,
  changed: (records: readonly KeyRecord[]) => void = () => undefined,
): KeyRing {
  const known = byId(records);
  const keep = (record: KeyRecord): KeyRecord => {
    known.set(record.id, record);
    changed([...known.values()]);
    return record;
  };
  return {
    verify: (key) => verifyKey(known, key, now()),
    list: () => [...known.values()],
    create(request) {
      const made = makeKey(request, now());
      keep(made.record);
      return made;
    },
    revoke(id) {
      const record = known.get(id);
      if (record === undefined || record.revokedAt !== undefined) return record;
      return keep({ ...record, revokedAt: new Date(now()).toISOString() });
    },
  };
}

const lookAgainMs = 1_000;

/** The key ring of a file (mode 0600, hashes only); an absent file is an empty ring. */
export function openKeyRing(file: string, now: () => number = Date.now): KeyRing {
  const save = (records: readonly KeyRecord[]): void => writeSecretFile(file, `${JSON.stringify({ keys: records }, null, 2)}\n`);
  const stamp = (): string => (existsSync(file) ? `${statSync(file).mtimeMs}` : '');
  const open = (): KeyRing => createKeyRing([...readKeys(file).values()], now, save);
  let [ring, seen, lookedMs] = [open(), stamp(), now()];
  const current = (mustLook: boolean): KeyRing => {
    if (!mustLook && now() - lookedMs < lookAgainMs) return ring;
    lookedMs = now();
    const latest = stamp();
    if (latest !== seen) [ring, seen] = [open(), latest];
    return ring;
  };
  return {
    verify: (key) => current(false).verify(key),
    list: () => current(true).list(),
    create: (request) => current(true).create(request),
    revoke: (id) => current(true).revoke(id),
  };
}
