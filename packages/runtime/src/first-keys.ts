import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Allowed, KeyRecord } from './keys.ts';
import { makeKey } from './keys.ts';
import { writeSecretFile } from './secret-file.ts';

export const ClientFile = z.object({ url: z.string(), keys: z.object({ adapter: z.string(), analyst: z.string(), operator: z.string() }) });
/** `client.json`: lets the client on the same machine work without flags. */
export type ClientFile = z.infer<typeof ClientFile>;

/** The key file of a data directory. */
export const keyFileOf = (directory: string): string => join(directory, 'keys.json');
/** The client's file of a data directory. */
export const clientFileOf = (directory: string): string => join(directory, 'client.json');

function makeFirstKeys(nowMs: number): { readonly keys: ClientFile['keys']; readonly records: readonly KeyRecord[] } {
  const none: Allowed = [];
  const adapter = makeKey({ name: 'first adapter', role: 'adapter', audiences: none, sources: 'all' }, nowMs);
  const analyst = makeKey({ name: 'first analyst', role: 'analyst', audiences: 'all', sources: none }, nowMs);
  const operator = makeKey({ name: 'first operator', role: 'operator', audiences: none, sources: none }, nowMs);
  return {
    keys: { adapter: adapter.key, analyst: analyst.key, operator: operator.key },
    records: [adapter.record, analyst.record, operator.record],
  };
}

/**
 * Makes the three first keys of a data directory when it has no key file, and returns them that one time. Keeps the address in `client.json` right.
 * `client.json` is written first: whoever is killed in between gets new keys at the next start.
 */
export function ensureFirstKeys(directory: string, url: string, nowMs: number): ClientFile['keys'] | undefined {
  const clientFile = clientFileOf(directory);
  if (existsSync(keyFileOf(directory))) {
    if (existsSync(clientFile)) keepAddress(clientFile, url);
    return undefined;
  }
  const { keys, records } = makeFirstKeys(nowMs);
  writeSecretFile(clientFile, `${JSON.stringify({ url, keys }, null, 2)}\n`);
  writeSecretFile(keyFileOf(directory), `${JSON.stringify({ keys: records }, null, 2)}\n`);
  return keys;
}

function keepAddress(clientFile: string, url: string): void {
  const known = ClientFile.safeParse(JSON.parse(readFileSync(clientFile, 'utf8')));
  if (known.success && known.data.url !== url) writeSecretFile(clientFile, `${JSON.stringify({ ...known.data, url }, null, 2)}\n`);
}
