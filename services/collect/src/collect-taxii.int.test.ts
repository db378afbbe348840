import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@samenhang/client';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { collectTaxii, TaxiiCursor } from './collect-taxii.ts';
import { FetchLimits, TaxiiServer } from './config.ts';
import { openCursorStore } from './cursor-store.ts';
import { createGuardedFetch } from './guarded-fetch.ts';
import { postSignals } from './post-signals.ts';
import {
  addedAt,
  anIndicator,
  type IngestServer,
  type Mischief,
  startIngest,
  startTaxii,
  type TaxiiServerFixture,
} from './servers.fixture.ts';
import { createTaxiiClient } from './taxii-server.ts';

let taxii: TaxiiServerFixture;
let ingest: IngestServer;
let directory: string;

beforeEach(async () => {
  taxii = await startTaxii();
  ingest = await startIngest();
  directory = await mkdtemp(join(tmpdir(), 'collect-'));
});

afterEach(async () => {
  await taxii[Symbol.asyncDispose]();
  await ingest[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

const add = (...numbers: readonly number[]): void =>
  void taxii.added.push(...numbers.map((number) => ({ at: addedAt(number), object: anIndicator(number) })));

async function look(limits: Partial<FetchLimits> = {}, password = 'secret') {
  const server = TaxiiServer.parse({ name: 'ras-1', url: `${taxii.url}/taxii2/`, pageSize: 3 });
  const all = FetchLimits.parse({ seconds: 2, bytes: 1_000_000, ...limits });
  const fetch = createGuardedFetch({ ...all, hosts: ['127.0.0.1'], privateNetworks: true });
  const authorization = `Basic ${Buffer.from(`me:${password}`).toString('base64')}`;
  const client = createTaxiiClient({ url: server.url, headers: { authorization }, fetch, nowMs: Date.now });
  const poster = createClient({ url: ingest.url, key: 'k', retry: { tries: 2, firstMs: 1, mostMs: 2 } });
  const cursors = await openCursorStore(join(directory, 'cursors'));
  const reports = await openCursorStore(join(directory, 'reports'));
  return await collectTaxii({ server, client, cursors, reports, limits: all, post: (signals) => postSignals(poster, signals) });
}

const cursor = async () =>
  (await openCursorStore(join(directory, 'cursors'))).find(`taxii ras-1 ${taxii.url}/root/collections/c1/`, TaxiiCursor);
const arrived = (): readonly string[] => [...ingest.accepted.keys()].map((id) => id.slice(-3)).sort();
const suffixes = (...numbers: readonly number[]): readonly string[] => numbers.map((number) => number.toString(16).padStart(3, '0')).sort();

describe('collectTaxii', () => {
  test('finds the readable collections, takes every page, and asks only for what was added after', async () => {
    add(1, 2, 3, 4, 5, 6, 7);

    expect(await look()).toMatchObject({ kind: 'done', posted: 7, more: false });
    expect(arrived()).toEqual(suffixes(1, 2, 3, 4, 5, 6, 7));
    expect(await cursor()).toEqual({ addedAfter: addedAt(7) });

    add(8);
    expect(await look()).toMatchObject({ kind: 'done', posted: 1 });
    expect(arrived()).toHaveLength(8);
    expect(taxii.asked.at(-1)).toContain(`added_after=${encodeURIComponent(addedAt(7))}`);
  });

  test.each<[Mischief, string]>([
    ['401', 'credentials'],
    ['429', '429'],
    ['500', '500'],
    ['truncated', 'broke off'],
    ['wrong-type', 'text/html'],
    ['circle', 'circle'],
    ['endless', 'larger than'],
    ['empty-more', 'gives none'],
    ['deep', 'no whole JSON'],
    ['slow', 'within'],
  ])('says what is wrong when the server does %s, posts nothing, and keeps its place', async (mischief, reason) => {
    add(1, 2);
    await look();
    add(3, 4, 5, 6, 7);
    taxii.mischief = () => mischief;

    const end = await look({ seconds: 1 });

    expect(end.kind).toBe('failed');
    expect(end.kind === 'failed' ? end.reason : '').toContain(reason);
    expect(arrived()).toEqual(suffixes(1, 2));
    expect(await cursor()).toEqual({ addedAfter: addedAt(2) });
    if (mischief === '429') expect(end).toMatchObject({ retryAfterMs: 7_000 });

    taxii.mischief = () => 'none';
    expect(await look()).toMatchObject({ kind: 'done', posted: 5 });
    expect(arrived()).toEqual(suffixes(1, 2, 3, 4, 5, 6, 7));
  });

  test('moves its place only after ingest took everything', async () => {
    add(1, 2, 3, 4);
    ingest.refuse = () => 503;

    await expect(look()).rejects.toThrow();
    expect(await cursor()).toBeUndefined();

    ingest.refuse = () => undefined;
    await look();
    expect(arrived()).toEqual(suffixes(1, 2, 3, 4));
  });

  test('takes a large collection in parts and goes on where it was', async () => {
    add(1, 2, 3, 4, 5, 6, 7);

    expect(await look({ pages: 1 })).toMatchObject({ posted: 3, more: true });
    expect(await cursor()).toEqual({ next: '3' });
    expect(await look({ pages: 1 })).toMatchObject({ posted: 3, more: true });
    expect(await look({ pages: 1 })).toMatchObject({ posted: 1, more: false });
    expect(await cursor()).toEqual({ addedAfter: addedAt(7) });
    expect(arrived()).toHaveLength(7);
  });

  test('law: whatever the servers do in between, everything arrives once and the place is right', async () => {
    const tricks = fc.array(
      fc.constantFrom<Mischief>('none', 'none', '401', '429', '500', 'truncated', 'wrong-type', 'circle', 'empty-more', 'deep'),
      { minLength: 1, maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(
        tricks,
        fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 12 }),
        async (mischiefs, refusals, count) => {
          taxii.added.length = 0;
          ingest.accepted.clear();
          await rm(join(directory, 'cursors'), { recursive: true, force: true });
          let asked = 0;
          let posted = 0;
          taxii.mischief = () => mischiefs[asked++] ?? 'none';
          ingest.refuse = () => (refusals[posted++] === true ? 500 : undefined);
          const numbers = Array.from({ length: count }, (_, index) => index + 1);
          for (const number of numbers) {
            add(number);
            await look({ pages: 2 }).catch(() => undefined);
          }
          taxii.mischief = () => 'none';
          ingest.refuse = () => undefined;
          for (let end = await look({ pages: 2 }); end.kind !== 'done' || end.more === true; end = await look({ pages: 2 }));

          expect(arrived()).toEqual(suffixes(...numbers));
          expect(await cursor()).toEqual({ addedAfter: addedAt(count) });
        },
      ),
      { numRuns: 15 },
    );
  });
});
