import { readFile } from 'node:fs/promises';
import { defaultRuleset, Ruleset } from '@samenhang/correlation';
import { jsonPointer } from '@samenhang/domain';
import { parse } from 'yaml';
import { describeError, ServiceError } from './errors.ts';

/** The ruleset in a YAML or JSON file, or the built-in one without a file; throws `config-invalid` with every mistake in it. */
export async function loadRuleset(file: string | undefined): Promise<Ruleset> {
  if (file === undefined) return defaultRuleset;
  const parsed = Ruleset.safeParse(await readDocument(file));
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, code, message }) => ({
    pointer: `${file}#${jsonPointer(path)}`,
    code: code ?? 'invalid',
    detail: message,
  }));
  const list = errors.map(({ pointer, detail }) => `  ${pointer}: ${detail}`).join('\n');
  throw new ServiceError('config-invalid', `The ruleset has mistakes:\n${list}`, { errors });
}

async function readDocument(file: string): Promise<unknown> {
  try {
    return parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new ServiceError('config-invalid', `The ruleset ${file} cannot be read: ${describeError(cause)}`, { cause });
  }
}
