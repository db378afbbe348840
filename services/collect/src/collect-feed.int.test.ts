import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@samenhang/client';
import { expect, test } from 'vitest';
import { collectFeed } from './collect-feed.ts';
import { WebFeed } from './config.ts';
import { openCursorStore } from './cursor-store.ts';
import { createGuardedFetch } from './guarded-fetch.ts';
import { postSignals } from './post-signals.ts';
import { startIngest, startServer } from './servers.fixture.ts';

const csv = (title: string): string => `externalId,title,observedAt\n1,${title},2026-03-01\n`;

test('fetches a feed only when it changed, remembers its version only after posting, and keeps what it cannot read', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'feed-'));
  let version = 1;
  let body = csv('a');
  await using ingest = await startIngest();
  await using server = await startServer((request, response) => {
    if (request.headers['if-none-match'] === `"${version}"`) response.writeHead(304).end();
    else response.writeHead(200, { etag: `"${version}"`, 'content-type': 'text/csv' }).end(body);
  });
  const feed = WebFeed.parse({ name: 'csirt', url: `${server.url}/list.csv` });
  const fetch = createGuardedFetch({ hosts: ['127.0.0.1'], privateNetworks: true, bytes: 100_000, seconds: 5, ratio: 10, redirects: 0 });
  const client = createClient({ url: ingest.url, key: 'k', retry: { tries: 1, firstMs: 1, mostMs: 1 } });
  const cursors = await openCursorStore(join(directory, 'cursors'));
  const look = () =>
    collectFeed({
      channel: 'sector',
      feed,
      headers: {},
      fetch,
      cursors,
      reports: cursors,
      directory,
      nowMs: Date.now,
      post: (signals) => postSignals(client, signals),
    });

  ingest.refuse = () => 503;
  await expect(look()).rejects.toThrow();
  ingest.refuse = () => undefined;
  expect(await look()).toMatchObject({ kind: 'done', posted: 1 });
  expect(await look()).toMatchObject({ kind: 'done', posted: 0 });
  expect([...ingest.accepted.keys()]).toEqual(['csirt 1']);

  version = 2;
  body = '{"broken';
  expect(await look()).toMatchObject({ kind: 'done', refused: 1 });
  expect(await readFile(join(directory, 'refused', 'csirt'), 'utf8')).toBe(body);
  expect(await look()).toMatchObject({ kind: 'done', refused: 0 });
  await rm(directory, { recursive: true });
});
