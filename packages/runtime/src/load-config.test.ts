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

  test('describes every setting', () => {
    for (const schema of [ConfigFile, ProcessSettings]) {
      const { properties = {} } = z.toJSONSchema(schema, { io: 'input' });
      for (const [name, setting] of Object.entries(properties)) expect(setting, name).toHaveProperty('description');
    }
  });
});
