import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { auditPlacesOf, openAuditFile } from '@samenhang/runtime';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const main = join(import.meta.dirname, '..', 'main.ts');

test('samenhang audit verify ends with 0 for a whole trail, and with 1 and what is wrong for one whose tail was cut', async () => {
  const data = mkdtempSync(join(tmpdir(), 'audit-'));
  const places = auditPlacesOf({ data });
  const verify = () =>
    run(process.execPath, [main, 'audit', 'verify', '--data', data, '--json']).then(
      ({ stdout }) => ({ code: 0, stdout }),
      ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
    );
  await using trail = await openAuditFile({ ...places, service: 'query', now: () => 0 });
  for (const object of ['a', 'b'])
    await trail.record({ at: '2026-01-01T00:00:00.000Z', by: 'ann', action: 'read', audience: null, object, tlp: 'red' }, 'now');
  expect(await verify()).toMatchObject({ code: 0, stdout: expect.stringContaining('"entries":2,"fault":null') });

  const file = join(places.directory, readdirSync(places.directory)[0] ?? '');
  writeFileSync(file, `${readFileSync(file, 'utf8').split('\n')[0]}\n`);

  expect(await verify()).toMatchObject({ code: 1, stdout: expect.stringContaining('"kind":"cut"') });
  rmSync(data, { recursive: true });
});
