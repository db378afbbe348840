import type { Document } from 'mongodb';
import { afterAll, expect, it } from 'vitest';
import { ensureIndexes, indexes } from './indexes.ts';
import { connectMongo } from './mongo-settings.ts';
import { databaseUnderTest } from './under-test.ts';

const connection = connectMongo(databaseUnderTest());
afterAll(() => connection.close());

const stagesOf = (plan: Document | undefined): readonly string[] =>
  plan === undefined ? [] : [String(plan.stage), ...stagesOf(plan.inputStage), ...(plan.inputStages ?? []).flatMap(stagesOf)];

it('makes every index, twice without harm', async () => {
  await ensureIndexes(connection.db);
  await ensureIndexes(connection.db);

  for (const { collection, key } of indexes) {
    const made = await connection.db.collection(collection).indexes();
    expect(made.map((index) => JSON.stringify(index.key))).toContain(JSON.stringify(key));
  }
});

it('each index is used by the query that it is for, where the server can explain itself', async () => {
  await ensureIndexes(connection.db);
  const cannot: string[] = [];
  for (const { collection, key, serves } of indexes) {
    const fields = Object.keys(key).filter((field) => field !== '_id' && key[field] === 1);
    const filter = Object.fromEntries(fields.map((field) => [field, field === 'state.open' ? true : 'x']));
    const sort = Object.fromEntries(Object.entries(key).filter(([field]) => !fields.includes(field)));
    try {
      const explained = await connection.db.collection(collection).find(filter).sort(sort).explain('queryPlanner');
      expect(stagesOf(explained.queryPlanner.winningPlan), serves).toContain('IXSCAN');
    } catch (error) {
      if (!(error instanceof Error) || !/explain|command/i.test(error.message)) throw error;
      cannot.push(serves);
    }
  }
  if (cannot.length > 0) console.warn(`not checked, this server cannot explain: ${cannot.join('; ')}`);
});
