import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadRegister } from './load-register.ts';

const example = fileURLToPath(new URL('../../../docs/examples/register.yaml', import.meta.url));

describe('loading the register', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'register-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test('gives none without a file', async () => {
    expect(await loadRegister(undefined)).toBeUndefined();
  });

  test('reads the example of the documentation', async () => {
    const register = await loadRegister(example);

    expect(register?.names.flatMap(({ entries }) => entries.map(({ id }) => id))).toContain('norvik-grid');
    expect(register?.version).toMatch(/^000001\.[0-9a-f]{12}$/);
  });

  test('is refused with every mistake at once', async () => {
    const file = join(directory, 'register.yaml');
    writeFileSync(file, 'version: 0\nentries:\n  - {id: A!, kind: firm, name: "..."}\n');

    const refused = loadRegister(file);

    await expect(refused).rejects.toMatchObject({ code: 'config-invalid' });
    const errors = await refused.catch((error) => error.errors.map(({ pointer }: { pointer: string }) => pointer.split('#')[1]));
    expect(errors.sort()).toEqual(['/entries/0/id', '/entries/0/kind', '/entries/0/name', '/version']);
  });

  test('is refused when an id stands twice or the file is not there', async () => {
    const file = join(directory, 'register.yaml');
    writeFileSync(file, 'version: 1\nentries:\n  - {id: a, kind: person, name: Aa}\n  - {id: a, kind: person, name: Bb}\n');

    await expect(loadRegister(file)).rejects.toMatchObject({ code: 'config-invalid' });
    await expect(loadRegister(join(directory, 'none.yaml'))).rejects.toMatchObject({ code: 'config-invalid' });
  });
});
