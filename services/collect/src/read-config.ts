import { readFile } from 'node:fs/promises';
import { ServiceError } from '@samenhang/runtime';
import { parse } from 'yaml';
import { z } from 'zod';
import { CollectConfig } from './config.ts';

/** Reads `collect.yaml`; throws one `config-invalid` that names every mistake. */
export async function readConfig(file: string): Promise<CollectConfig> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ServiceError('config-invalid', `${file} cannot be read`, { cause });
  });
  const parsed = CollectConfig.safeParse(readYaml(file, text));
  if (parsed.success) return parsed.data;
  throw new ServiceError('config-invalid', `${file}: ${z.prettifyError(parsed.error)}`);
}

function readYaml(file: string, text: string): unknown {
  try {
    return parse(text) ?? {};
  } catch (cause) {
    throw new ServiceError('config-invalid', `${file} is not YAML`, { cause });
  }
}
