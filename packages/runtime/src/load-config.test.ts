import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigFile, defaultAudiences, ProcessSettings } from './config.ts';
import { loadConfig } from './load-config.ts';

describe('the configuration', () => {
  let directory: string;
  const written = (text: string): string => {
    const file = join(directory, 'samenhang.yaml');
    writeFileSync(file, text);
    return file;
  };
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'config-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test('has a default for every setting', async () => {
    expect(await loadConfig({ env: {} })).toMatchObject({
      audiences: defaultAudiences,
      sources: [],
      host: '127.0.0.1',
      port: 8080,
      data: './data',
    });
  });

  test('takes flags over the environment over defaults', async () => {
    const config = await loadConfig({ env: { SAMENHANG_PORT: '1', SAMENHANG_LOG_LEVEL: 'debug' }, flags: { port: 2, host: undefined } });

    expect(config).toMatchObject({ port: 2, logLevel: 'debug', host: '127.0.0.1' });
  });

  test('reads audiences, sources and limits from the file', async () => {
    const file = written(
      'audiences:\n  - {id: a, name: A, tlpMax: green}\nsources:\n  - {source: s, reliability: B}\nlimits: {backlog: 5}\n',
    );

    expect(await loadConfig({ file, env: {} })).toMatchObject({
      audiences: [{ id: 'a', communities: [] }],
      sources: [{ source: 's', reliability: 'B' }],
      limits: { backlog: 5, depth: 64 },
    });
  });

  test('finds the files that a configuration names from where it stands', async () => {
    const file = written(
      'audiences:\n  - {id: a, name: A, tlpMax: green, ruleset: own.yaml}\nruleset: all.yaml\nregister: ./register.yaml\nwarningLists: [lists/a.json, /b.json]\n',
    );

    expect(await loadConfig({ file, env: {} })).toMatchObject({
      audiences: [{ ruleset: join(directory, 'own.yaml') }],
      ruleset: join(directory, 'all.yaml'),
      register: join(directory, 'register.yaml'),
      warningLists: [join(directory, 'lists/a.json'), '/b.json'],
    });
    expect(await loadConfig({ env: {} })).toMatchObject({ warningLists: [] });
  });

  test('is refused with every mistake of the file, the environment and the flags at once', async () => {
    const file = written('audiences:\n  - {id: A!, name: A, tlpMax: mauve}\nlimitz: {}\n');

    const refused = loadConfig({ file, env: { SAMENHANG_LOG_LEVEL: 'loud' }, flags: { port: 'x' } });

    await expect(refused).rejects.toMatchObject({ code: 'config-invalid' });
    const errors = await refused.catch((error) => error.errors.map(({ pointer }: { pointer: string }) => pointer.split('#')[1]));
    expect(errors.sort()).toEqual(['', '/audiences/0/id', '/audiences/0/tlpMax', '/logLevel', '/port']);
  });

  test.each([
    ['is absent', undefined],
    ['is not YAML', 'audiences: [\n'],
    ['names an audience twice', 'audiences:\n  - {id: a, name: A, tlpMax: red}\n  - {id: a, name: B, tlpMax: red}\n'],
  ])('is refused when the file %s', async (_what, text) => {
    const file = text === undefined ? join(directory, 'none.yaml') : written(text);

    await expect(loadConfig({ file, env: {} })).rejects.toMatchObject({ code: 'config-invalid' });
  });

  describe('of webhooks', () => {
    const webhook = '{name: ops, audience: a, url: "https://example.org/hook", secretFrom: HOOK_SECRET}';
    const audiences = 'audiences:\n  - {id: a, name: A, tlpMax: green}\n';
    const secret = Buffer.alloc(32, 7).toString('base64');
    const mistakesOf = async (text: string, env = {}, postsToWebhooks = true): Promise<readonly string[]> => {
      const refused = loadConfig({ file: written(text), env, postsToWebhooks });
      const error = await refused.then(() => undefined).catch((thrown) => thrown);
      expect(error?.message ?? '').not.toContain(secret);
      return (error?.errors ?? []).map(({ pointer, code }: { pointer: string; code: string }) => `${pointer.split('#')[1]} ${code}`).sort();
    };

    test('takes the secret from the environment, in a process that posts', async () => {
      const file = written(`${audiences}webhooks: [${webhook}]\n`);
      const env = { HOOK_SECRET: `whsec_${secret}` };

      expect((await loadConfig({ file, env, postsToWebhooks: true })).postsTo).toEqual([
        {
          name: 'ops',
          audience: 'a',
          url: 'https://example.org/hook',
          secretFrom: 'HOOK_SECRET',
          minSize: 2,
          giveUpAfterMinutes: 60,
          secret,
        },
      ]);
      expect(await loadConfig({ file, env: {} })).toMatchObject({ postsTo: [], webhooks: [{ name: 'ops' }] });
    });

    test('tells a missing secret and an unknown audience beside every other mistake', async () => {
      const text = `${audiences}limitz: {}\nwebhooks: [${webhook}, {name: b, audience: z, url: "https://e.org", secretFrom: SHORT}]\n`;

      expect(await mistakesOf(text, { SHORT: 'c2hvcnQ=' })).toEqual([
        ' unrecognized_keys',
        '/webhooks/0/secretFrom missing-secret',
        '/webhooks/1/audience unknown-audience',
        '/webhooks/1/secretFrom unusable-secret',
      ]);
    });

    test.each(['http://example.org/hook', 'https://user:word@example.org/', 'ftp://localhost/', 'http://localhost.example.org/'])(
      'refuses to post to %s',
      async (url) => {
        const text = `${audiences}webhooks: [{name: a, audience: a, url: "${url}", secretFrom: S}]\n`;

        expect(await mistakesOf(text, { S: secret })).toEqual(['/webhooks/0/url custom']);
      },
    );

    test('posts in the clear on this machine only, and names each once', async () => {
      const local = (name: string) => `{name: ${name}, audience: a, url: "http://127.0.0.1:9/", secretFrom: S}`;

      expect(await mistakesOf(`${audiences}webhooks: [${local('a')}, ${local('b')}]\n`, { S: secret })).toEqual([]);
      expect(await mistakesOf(`${audiences}webhooks: [${local('a')}, ${local('a')}]\n`, { S: secret })).toEqual(['/webhooks custom']);
    });
  });

  test('describes every setting', () => {
    for (const schema of [ConfigFile, ProcessSettings]) {
      const { properties = {} } = z.toJSONSchema(schema, { io: 'input' });
      for (const [name, setting] of Object.entries(properties)) expect(setting, name).toHaveProperty('description');
    }
  });
});
