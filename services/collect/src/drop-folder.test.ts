import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostedSignal } from '@samenhang/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DropFolder } from './config.ts';
import { collectFolder } from './drop-folder.ts';

let directory: string;
let posted: PostedSignal[];
const later = Date.now() + 3_600_000;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'drop-'));
  posted = [];
});
afterEach(() => rm(directory, { recursive: true }));

const mail = 'From: a@b.example\nDate: Tue, 3 Mar 2026 10:11:12 +0200\nSubject: Schip\nMessage-ID: <1@b.example>\n\nHet schip.';
const take = (more: Partial<Parameters<typeof collectFolder>[0]> = {}) =>
  collectFolder({
    channel: 'embassy',
    folder: DropFolder.parse({ name: 'riga', folder: directory }),
    maxBytes: 10_000,
    nowMs: () => later,
    post: async (signals) => {
      posted.push(...signals);
      return { accepted: signals.length, duplicate: 0, rejected: [] };
    },
    ...more,
  });
const names = async (folder: string): Promise<readonly string[]> => (await readdir(join(directory, folder))).sort();

describe('collectFolder', () => {
  test('posts what it can read under the name of the folder and moves it to done with a report', async () => {
    await writeFile(join(directory, 'a.eml'), mail);

    expect(await take()).toEqual({ kind: 'done', posted: 1, refused: 0 });
    expect(posted).toMatchObject([{ source: 'riga', sourceType: 'embassy', title: 'Schip' }]);
    expect(await names('.')).toEqual(['done', 'refused']);
    expect(await names('done')).toEqual(['a.eml', 'a.eml.report.json']);
  });

  test('moves what it cannot read to refused with the reason beside it', async () => {
    await writeFile(join(directory, 'a.json'), '{"type":"bundle","objects":[');

    expect(await take()).toEqual({ kind: 'done', posted: 0, refused: 1 });
    expect(JSON.parse(await readFile(join(directory, 'refused', 'a.json.reason.json'), 'utf8'))).toMatchObject({
      reason: expect.stringContaining('cut off'),
    });
    expect(await readFile(join(directory, 'refused', 'a.json'), 'utf8')).toBe('{"type":"bundle","objects":[');
  });

  test('refuses a file that is too large without reading it', async () => {
    await writeFile(join(directory, 'a.json'), 'x'.repeat(10_001));

    expect(await take()).toMatchObject({ refused: 1 });
  });

  test('leaves alone what is still being written, hidden files, folders and links', async () => {
    await writeFile(join(directory, 'new.eml'), mail);
    await writeFile(join(directory, 'a.eml.part'), mail);
    await writeFile(join(directory, '.hidden'), mail);
    await mkdir(join(directory, 'sub'));
    await symlink('/etc/passwd', join(directory, 'link.eml'));

    expect(await take({ nowMs: () => Date.now() })).toEqual({ kind: 'done', posted: 0, refused: 0 });
    expect(await take()).toEqual({ kind: 'done', posted: 1, refused: 0 });
    expect(await names('.')).toEqual(['.hidden', 'a.eml.part', 'done', 'link.eml', 'refused', 'sub']);
  });

  test('keeps the file where it is when ingest cannot be reached, so that the next look posts it', async () => {
    await writeFile(join(directory, 'a.eml'), mail);

    await expect(take({ post: () => Promise.reject(new Error('down')) })).rejects.toThrow('down');
    expect(await names('done')).toEqual([]);
    expect(await take()).toMatchObject({ posted: 1 });
  });

  test('overwrites nothing when a name comes back', async () => {
    await writeFile(join(directory, 'a.eml'), mail);
    await take();
    await writeFile(join(directory, 'a.eml'), mail.replace('Schip', 'Boot'));
    await take();

    expect(await names('done')).toEqual(['a.eml', 'a.eml.2', 'a.eml.2.report.json', 'a.eml.report.json']);
  });
});
