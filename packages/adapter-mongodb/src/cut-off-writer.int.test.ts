import type { SignalView } from '@samenhang/ports';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collectionsOf } from './collections.ts';
import { connectMongo, type MongoConnection } from './mongo-settings.ts';
import { openMongoViewStore } from './mongo-view-store.ts';
import { databaseUnderTest } from './under-test.ts';

const settings = databaseUnderTest();
let connection: MongoConnection;
beforeAll(() => {
  connection = connectMongo(settings);
});
afterAll(() => connection.close());

const host = { type: 'domain', value: 'host.example' };
const view: SignalView = {
  id: 's',
  position: 3,
  revision: 1,
  signal: null,
  enrichment: null,
  observables: [host],
  terms: ['word:harbour'],
  enrichedAt: '2026-01-01T00:00:00.000Z',
  queryableAt: '2026-01-01T00:00:00.000Z',
};
const write = { audience: 'x', progress: { topic: 't', partition: 0, nextOffset: 4 }, signals: [view] };

// A batch that was cut off comes again; whichever of a signal's documents were written before, all of them must be there then.
it.each(['bodies', 'lookups'] as const)(
  'a signal is whole when its batch comes again after it was cut off before its %s',
  async (missing) => {
    const store = await openMongoViewStore(settings);
    await store.save([write]);
    const collections = collectionsOf(connection.db);
    await collections[missing].deleteMany({});
    await collections.progress.deleteMany({});

    await store.save([write]);

    expect((await store.findSignal('x', 's'))?.position).toBe(3);
    expect((await store.findByObservable('x', host, 10)).map(({ id }) => id)).toEqual(['s']);
    await store[Symbol.asyncDispose]();
  },
);
