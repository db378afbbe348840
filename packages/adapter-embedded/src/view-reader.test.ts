import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createViewReader } from './view-reader.ts';
import { viewSchema } from './view-schema.ts';

test('no question of a reader goes through all rows of a table', () => {
  using database = new DatabaseSync(':memory:');
  database.exec(viewSchema);
  const asked: string[] = [];
  const watched = new Proxy(database, {
    get: (target, name) =>
      name !== 'prepare'
        ? Reflect.get(target, name)
        : (sql: string) => {
            asked.push(sql);
            return target.prepare(sql);
          },
  });

  createViewReader(watched);

  expect(asked.length).toBeGreaterThan(8);
  for (const sql of asked) {
    const parameters = [...sql.matchAll(/\?/g)].map(() => '["x"]');
    const question = database.prepare(`EXPLAIN QUERY PLAN ${sql}`);
    const named = /:(incident|signal)/.exec(sql)?.[1];
    const plan = named === undefined ? question.all(...parameters) : question.all({ [named]: 1 });
    const scans = plan
      .map(({ detail }) => String(detail))
      .filter((detail) => /^SCAN (?!m$|json_each|t VIRTUAL|signal_terms VIRTUAL|\(subquery|CONSTANT)/.test(detail));
    expect(scans, sql).toEqual([]);
  }
});
