import { readFile } from 'node:fs/promises';
import { jsonPointer } from '@samenhang/domain';
import { parse } from 'yaml';
import type { z } from 'zod';
import { describeError, ServiceError } from './errors.ts';

/** What a YAML or JSON file holds, checked against its schema; throws `config-invalid` with every mistake in it, naming it as `what`. */
export async function loadDocument<T>(file: string, schema: z.ZodType<T>, what: string): Promise<T> {
  const parsed = schema.safeParse(await readDocument(file, what));
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, code, message }) => ({
    pointer: `${file}#${jsonPointer(path)}`,
    code: code ?? 'invalid',
    detail: message,
  }));
  const list = errors.map(({ pointer, detail }) => `  ${pointer}: ${detail}`).join('\n');
  throw new ServiceError('config-invalid', `The ${what} has mistakes:\n${list}`, { errors });
}

async function readDocument(file: string, what: string): Promise<unknown> {
  try {
    const text = await readFile(file, 'utf8');
    return file.endsWith('.json') ? JSON.parse(text) : parse(text);
  } catch (cause) {
    throw new ServiceError('config-invalid', `The ${what} ${file} cannot be read: ${describeError(cause)}`, { cause });
  }
}
