import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDurableWriter } from './durable-writer.ts';
import { openDatabase } from './open-database.ts';
import { temporaryDirectory } from './under-test.ts';

async function withWriter(synchronise: () => Promise<void>, use: (parts: ReturnType<typeof open>) => Promise<void>): Promise<void> {
  using directory = temporaryDirectory();
  const parts = open(join(directory.path, 'test.db'), synchronise);
  await use(parts);
  await parts.writer[Symbol.asyncDispose]();
  parts.database.close();
}

function open(file: string, synchronise: () => Promise<void>) {
  const database = openDatabase({ file, unavailable: 'log-unavailable' });
  database.exec('CREATE TABLE numbers (n INTEGER PRIMARY KEY)');
  const writer = createDurableWriter({ database, file, unavailable: 'log-unavailable', synchronise });
  const insert = (n: number) => writer.write(() => Number(database.prepare('INSERT INTO numbers VALUES (?)').run(n).lastInsertRowid));
  const numbers = () =>
    database
      .prepare('SELECT n FROM numbers ORDER BY n')
      .all()
      .map(({ n }) => n);
  return { database, writer, insert, numbers };
}

const messageOf = (work: Promise<unknown>) =>
  work.then(
    () => 'kept',
    (error: Error) => error.message,
  );

describe('createDurableWriter', () => {
  it('makes the work of one turn durable together, and answers each in order', async () => {
    let synchronised = 0;
    await withWriter(
      async () => {
        synchronised++;
      },
      async ({ insert }) => {
        expect(await Promise.all([insert(3), insert(1), insert(2)])).toStrictEqual([3, 1, 2]);
        expect(synchronised).toBe(1);
      },
    );
  });

  it('makes work that came during a synchronisation durable with the next one', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let synchronised = 0;
    await withWriter(
      async () => gates[synchronised++]?.promise,
      async ({ insert, numbers }) => {
        const first = insert(1);
        while (synchronised === 0) await new Promise((resolve) => setImmediate(resolve));
        const others = [insert(2), insert(3)];
        expect(numbers()).toStrictEqual([1]);
        gates[0]?.resolve();
        await first;
        gates[1]?.resolve();
        await Promise.all(others);
        expect(synchronised).toBe(2);
      },
    );
  });

  it('keeps the rest of a transaction when one piece of work throws', async () => {
    await withWriter(
      async () => undefined,
      async ({ insert, numbers }) => {
        const outcomes = await Promise.all([1, 1, 2].map((n) => messageOf(insert(n))));

        expect(outcomes.map((outcome) => outcome === 'kept')).toStrictEqual([true, false, true]);
        expect(numbers()).toStrictEqual([1, 2]);
      },
    );
  });

  it('acknowledges nothing that could not be synchronised, and takes nothing more', async () => {
    await withWriter(
      () => Promise.reject(new Error('EIO on purpose')),
      async ({ insert, database, writer }) => {
        expect(await messageOf(insert(1))).toMatch(/cannot write .*EIO on purpose/);
        expect(await messageOf(writer.write(() => database.exec('SELECT 1')))).toMatch(/EIO on purpose/);
      },
    );
  });
});
