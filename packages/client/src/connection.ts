import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type KeyRole, UsageError } from './command.ts';

const ClientFile = z.object({ url: z.string(), keys: z.record(z.string(), z.string()) });

interface Given {
  readonly url: string | undefined;
  readonly key: string | undefined;
  readonly data: string;
}

/** Where to connect and with which key: what was given, and for the rest what `client.json` of the data directory says. */
export function connectionOf(given: Given, role: KeyRole): { readonly url: string; readonly key: string } {
  if (given.url !== undefined && given.key !== undefined) return { url: given.url, key: given.key };
  const file = join(given.data, 'client.json');
  const known = ClientFile.safeParse(readJsonFile(file));
  if (!known.success) throw new UsageError(`there is no ${file}: give --url and --key, or --data DIR of a service on this machine`);
  const key = given.key ?? known.data.keys[role];
  if (key === undefined) throw new UsageError(`${file} holds no key for the role ${role}: give --key`);
  return { url: given.url ?? known.data.url, key };
}

function readJsonFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
