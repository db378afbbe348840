import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  auditPlacesOf,
  createHttpApp,
  createLogger,
  createMetrics,
  createReadiness,
  defaultAudiences,
  type HttpApp,
  keyFileOf,
  Limits,
  openKeyRing,
  verifyAudit,
} from '@samenhang/runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const main = join(import.meta.dirname, '..', 'main.ts');

describe('samenhang keys, beside a running service', () => {
  const directory = mkdtempSync(join(tmpdir(), 'keys-'));
  let app: HttpApp;
  let url: string;

  beforeAll(async () => {
    app = await createHttpApp({
      name: 'test',
      logger: createLogger('test', 'silent'),
      keys: openKeyRing(keyFileOf(directory)),
      audiences: defaultAudiences,
      readiness: createReadiness(),
      metrics: createMetrics(),
      limits: Limits.parse({}),
    });
    app.get('/v1/whoami', { config: { roles: ['lead'] } }, async ({ principal }) => ({ audience: principal?.audience?.id }));
    url = await app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    await app.close();
    rmSync(directory, { recursive: true });
  });

  const samenhang = async (...words: readonly string[]) =>
    (await run(process.execPath, [main, 'keys', ...words, '--data', directory, '--json'])).stdout.trim();
  const statusWith = async (key: string) => (await fetch(`${url}/v1/whoami`, { headers: { authorization: `Bearer ${key}` } })).status;
  const codeOf = (words: readonly string[]) =>
    samenhang(...words).then(
      () => 0,
      (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
    );

  test('makes a key that the service takes at once, lists it without its secret, and revokes it at once', async () => {
    const { id, key } = JSON.parse(await samenhang('create', '--role', 'lead', '--name', 'Lea', '--audiences', 'ras-community'));
    expect(await statusWith(key)).toBe(200);

    const listed = await samenhang('list');
    expect(JSON.parse(listed)).toMatchObject({ id, name: 'Lea', role: 'lead', audiences: ['ras-community'] });
    expect(`${listed}${readFileSync(keyFileOf(directory), 'utf8')}`).not.toContain(key.slice(13));

    await samenhang('revoke', id);

    const chains = verifyAudit(auditPlacesOf({ data: directory }));
    expect(chains).toMatchObject([
      { entries: 1, fault: null },
      { entries: 1, fault: null },
    ]);
    const changes = readdirSync(auditPlacesOf({ data: directory }).directory).map((file) =>
      JSON.parse(readFileSync(join(auditPlacesOf({ data: directory }).directory, file), 'utf8')),
    );
    expect(changes.map(({ action, object }) => `${action} ${object}`).sort()).toEqual([`key-created ${id}`, `key-revoked ${id}`]);

    expect(await statusWith(key)).toBe(401);
  });

  test('makes a key that is good until a time, and none for a time that has passed', async () => {
    const { key } = JSON.parse(
      await samenhang('create', '--role', 'lead', '--name', 'Lea', '--audiences', 'all', '--expires', '2999-01-01'),
    );

    expect(await statusWith(key)).toBe(200);
    expect(await codeOf(['create', '--role', 'lead', '--name', 'Lea', '--expires', '2001-01-01'])).toBe(2);
  });

  test.each([
    ['a role that there is not', ['create', '--role', 'root', '--name', 'x']],
    ['no name', ['create', '--role', 'lead']],
    ['an analyst who sees nothing', ['create', '--role', 'analyst', '--name', 'x']],
    ['an adapter that may post for nobody', ['create', '--role', 'adapter', '--name', 'x']],
    ['an operator with an audience', ['create', '--role', 'operator', '--name', 'x', '--audiences', 'all']],
    ['a key that is not there', ['revoke', '00000000']],
    ['a verb that there is not', ['forget']],
  ])('refuses %s', async (_what, words) => {
    expect(await codeOf(words)).toBe(2);
  });
});
