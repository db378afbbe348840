import { existsSync, readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { ServiceError } from './errors.ts';
import { holdFile } from './hold-file.ts';
import { isUnexpired, type KeyRecord, KeyRecord as KeyRecordSchema, type KeyRequest, makeKey, verifyKey } from './keys.ts';
import { writeSecretFile } from './secret-file.ts';

/** The keys that are known. A revocation holds from the next request on, also one that another process made on the same file. */
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
  /** Keys that were found good: hashing one again for each of its requests would say the same. */
  const proven = new Map<string, KeyRecord>();
  const keep = (record: KeyRecord): KeyRecord => {
    known.set(record.id, record);
    proven.clear();
    changed([...known.values()]);
    return record;
  };
  return {
    verify(key) {
      const before = proven.get(key);
      if (before !== undefined && isUnexpired(before, now())) return before;
      const record = verifyKey(known, key, now());
      if (record !== undefined) proven.set(key, record);
      return record;
    },
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

/** Changes whenever the file is replaced: a look at it costs microseconds, so every verification takes one. */
function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.ino} ${found.mtimeMs} ${found.size}`;
}

/** The key ring of a file (mode 0600, hashes only); an absent file is an empty ring. */
export function openKeyRing(file: string, now: () => number = Date.now): KeyRing {
  const save = (records: readonly KeyRecord[]): void => writeSecretFile(file, `${JSON.stringify({ keys: records }, null, 2)}\n`);
  const open = (): KeyRing => createKeyRing([...readKeys(file).values()], now, save);
  let seen = stampOf(file);
  let ring = open();
  const current = (): KeyRing => {
    const latest = stampOf(file);
    if (latest !== seen) [ring, seen] = [open(), latest];
    return ring;
  };
  return {
    verify: (key) => current().verify(key),
    list: () => current().list(),
    // Read and written as one, so that two processes at once lose neither's change.
    create: (request) => holdFile(file, () => current().create(request)),
    revoke: (id) => holdFile(file, () => current().revoke(id)),
  };
}
