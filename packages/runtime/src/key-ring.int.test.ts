import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { keyFileOf } from './first-keys.ts';
import { openKeyRing } from './key-ring.ts';

const run = promisify(execFile);

test('the key file loses no change when several processes make keys at once', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'keys-'));
  const file = keyFileOf(directory);
  const script = `
    import { openKeyRing } from ${JSON.stringify(new URL('./key-ring.ts', import.meta.url).href)};
    const ring = openKeyRing(${JSON.stringify(file)});
    for (let made = 0; made < 15; made++) ring.create({ name: 'k', role: 'analyst', audiences: 'all', sources: [] });`;

  await Promise.all([1, 2, 3].map(() => run(process.execPath, ['--input-type=module', '--eval', script])));

  expect(openKeyRing(file).list()).toHaveLength(45);
  rmSync(directory, { recursive: true });
});
