import type { ViewWrite } from '@samenhang/ports';
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

const link = { a: 'a', b: 'b', kind: 'link', bits: 9, evidence: [] } as const;
const at = (nextOffset: number, more: Partial<ViewWrite>): ViewWrite => ({
  audience: 'x',
  progress: { topic: 't', partition: 0, nextOffset },
  ...more,
});
const member = (incidentId: string) => ({ signalId: 'a', incidentId, correlatedAt: '2026-01-01T00:00:00.000000Z' });

it('a writer that was stopped and goes on after another took over changes nothing, even past the progress check', async () => {
  const store = await openMongoViewStore(settings);
  const late = at(10, { memberships: [member('old')], links: [link], incidents: [{ id: 'i', summary: null, lineage: [] }] });
  await store.save([late]);
  await store.save([at(20, { memberships: [member('new')], unlinked: [['a', 'b']] })]);

  await collectionsOf(connection.db).progress.deleteMany({});
  await store.save([late]);

  expect(await store.members('x', 'new')).toEqual(['a']);
  expect(await store.members('x', 'old')).toEqual([]);
  expect(await store.links('x', 'new')).toEqual([]);
  await store[Symbol.asyncDispose]();
});
