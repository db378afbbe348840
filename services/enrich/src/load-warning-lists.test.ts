import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadWarningLists } from './load-warning-lists.ts';

const example = fileURLToPath(new URL('../../../docs/examples/warning-list.yaml', import.meta.url));

describe('loading warning lists', () => {
  let directory: string;
  const written = (name: string, text: string): string => {
    const file = join(directory, name);
    writeFileSync(file, text);
    return file;
  };
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'warning-lists-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test('gives none without files', async () => {
    expect(await loadWarningLists([])).toBeUndefined();
  });

  test('reads the example of the documentation and a list as MISP publishes it', async () => {
    const list = {
      name: 'Networks',
      description: 'Ours',
      type: 'cidr',
      version: 20_260_101,
      matching_attributes: ['ip-src'],
      list: ['185.0.0.0/16'],
    };

    const lists = await loadWarningLists([example, written('list.json', JSON.stringify(list))]);

    expect(lists?.has({ type: 'domain', value: 'mail.ministry.example' })).toBe(true);
    expect(lists?.has({ type: 'ipv4', value: '185.0.1.2' })).toBe(true);
    expect(lists?.has({ type: 'ipv4', value: '185.1.1.2' })).toBe(false);
  });

  test('is refused with every mistake of every file at once', async () => {
    const files = [
      written('a.json', '{"type": "cidr", "version": 1, "list": ["10.0.0.0/8", "x"]}'),
      written('b.yaml', 'type: hostname\nversion: 0\nlist: [""]\nmore: 1\n'),
      written('c.json', '{"type": "regex", "version": 1, "list": []}'),
    ];

    const refused = loadWarningLists(files);

    await expect(refused).rejects.toMatchObject({ code: 'config-invalid' });
    const pointers = await refused.catch((error) =>
      error.errors.map(({ pointer }: { pointer: string }) => pointer.slice(directory.length + 1)),
    );
    expect(pointers.sort()).toEqual(['a.json#/list/1', 'b.yaml#', 'b.yaml#/list/0', 'b.yaml#/version', 'c.json#/type']);
  });

  test('is refused when a file is not there or is no JSON', async () => {
    await expect(loadWarningLists([join(directory, 'none.json'), written('bad.json', '{')])).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringMatching(/none\.json[\s\S]*bad\.json/),
    });
  });
});
