import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMongoViewStore } from '@samenhang/adapter-mongodb';
import type { SignalView, ViewStore, ViewWrite } from '@samenhang/ports';
import { afterAll, expect, it } from 'vitest';
import { startLocalMongo } from '../../scripts/servers/local-mongo.ts';

// The local server stands in for MongoDB, so it must keep MongoDB's promise: an answered write survives a SIGKILL, and no write is there in part.

const directory = mkdtempSync(join(tmpdir(), 'samenhang-store-kill-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const writers = 6;
const perWrite = 20;

const aView = (id: string, position: number): SignalView => ({
  id,
  position,
  revision: 1,
  signal: null,
  enrichment: null,
  observables: [{ type: 'domain', value: `${id}.example` }],
  terms: [`word:${id}`, 'word:common'],
  enrichedAt: '2026-01-01T00:00:00.000Z',
  queryableAt: '2026-01-01T00:00:00.000Z',
});

const aWrite = (audience: string, number: number): ViewWrite => ({
  audience,
  progress: { topic: 't', partition: 0, nextOffset: (number + 1) * perWrite },
  signals: Array.from({ length: perWrite }, (_none, at) => aView(`${number}-${at}`, number * perWrite + at)),
});

/** Writes until the store is gone, and tells of every answer; gives how many writes were answered. */
async function writeUntilGone(store: ViewStore, audience: string, answered: () => void): Promise<number> {
  for (let number = 0; ; number++) {
    try {
      await store.save([aWrite(audience, number)]);
    } catch {
      return number;
    }
    answered();
  }
}

/** Ids of the answered writes that are not there, and of the one that was under way when the store was killed, after it was written again. */
async function missing(store: ViewStore, audience: string, answered: number): Promise<readonly string[]> {
  await store.save([aWrite(audience, answered)]);
  const ids = Array.from({ length: answered + 1 }, (_none, number) => aWrite(audience, number).signals ?? []).flatMap((views) =>
    views.map(({ id }) => id),
  );
  const found = new Set((await store.findSignals(audience, ids)).map(({ id }) => id));
  return ids.filter((id) => !found.has(id));
}

it.each([1, 2, 3, 4])('an answered write is whole and one cut off can be written again after kill %i', async (round) => {
  const audiences = Array.from({ length: writers }, (_none, at) => `round-${round}-writer-${at}`);
  // Every other round the documents' file is brought up to date so often that the kill comes near it or in it.
  const server = await startLocalMongo({ directory, ...(round % 2 === 0 ? { commitBytes: 20_000 } : {}) });
  const stores = await Promise.all(audiences.map(() => openMongoViewStore({ uri: server.address, selectionTimeoutMs: 500 })));
  let answers = 0;
  const enough = Promise.withResolvers<void>();
  const count = (): void => {
    answers++;
    if (answers === 40 + 7 * round) enough.resolve();
  };
  const writing = Promise.all(stores.map((store, at) => writeUntilGone(store, audiences[at] ?? '', count)));
  await enough.promise;
  server.kill('SIGKILL');
  const answered = await writing;
  await Promise.all(stores.map((store) => store[Symbol.asyncDispose]()));

  const restarted = await startLocalMongo({ directory });
  const store = await openMongoViewStore({ uri: restarted.address });
  const lost = await Promise.all(audiences.map((audience, at) => missing(store, audience, answered[at] ?? 0)));
  await store[Symbol.asyncDispose]();
  await restarted.stop();

  expect(lost.flat()).toEqual([]);
});
