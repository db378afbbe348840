import type { KnownSignal } from '@samenhang/ports';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openKnownSignals } from './known-signals.ts';
import { createMemoryIdentities } from './memory-ports.fixture.ts';

const entry = (id: string, revision = 1): KnownSignal => ({
  id,
  firstReceivedAt: 'x',
  receivedAt: 'x',
  revisions: [{ revision, contentHash: 'h' }],
  markings: [],
});

test('what was kept is known at once, and in the index after closing', async () => {
  const index = createMemoryIdentities();
  const known = openKnownSignals(index, 10);

  await known.keep([entry('a')], 1);
  await known.keep([entry('a', 2)], 1);

  expect((await known.find(['a', 'b'])).get('a')).toEqual(entry('a', 2));
  await known[Symbol.asyncDispose]();
  expect(await index.find(['a', 'b'])).toEqual(new Map([['a', entry('a', 2)]]));
});

test('no more than the bound is ever on its way: then whoever wants to keep more is told that the index fails', async () => {
  const index = createMemoryIdentities();
  const known = openKnownSignals(index, 2);
  index.failing = true;
  await known.keep([entry('a'), entry('b')], 2);

  await expect(known.keep([entry('c')], 1)).rejects.toThrow('no index');
  index.failing = false;
  await known.keep([entry('c')], 1);

  expect([...(await known.find(['a', 'b', 'c'])).keys()].sort()).toEqual(['a', 'b', 'c']);
});

test('what is saved while it is looked for is found', async () => {
  const index = createMemoryIdentities();
  const known = openKnownSignals(index, 10);
  const looking = Promise.withResolvers<void>();
  const find = index.find;
  index.find = async (ids) => {
    await looking.promise;
    return find(ids);
  };
  await known.keep([entry('a')], 1);

  const found = known.find(['a', 'b']);
  await known[Symbol.asyncDispose]();
  looking.resolve();

  expect((await found).has('a')).toBe(true);
});

test('law: what the index has not been told is never said by more of the newest records than the bound, also when they tell of few signals', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ ids: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')), more: fc.nat(6) }), { maxLength: 20 }),
      async (groups) => {
        const index = createMemoryIdentities();
        const known = openKnownSignals(index, 10);
        const newest = new Map<string, number>();
        let records = 0;
        for (const { ids, more } of groups) {
          const entries = ids.map((id, at) => entry(id, records + at + 1));
          for (const { id, revisions } of entries) newest.set(id, revisions[0]?.revision ?? 0);
          await known.keep(entries, ids.length + more);
          records += ids.length + more;

          const told = await index.find([...newest.keys()]);
          for (const [id, record] of newest) if (told.get(id)?.revisions[0]?.revision !== record) expect(records - record).toBeLessThan(10);
        }
        await known.settle();
        for (const [id, record] of newest) expect((await index.find([id])).get(id)).toEqual(entry(id, record));
      },
    ),
  );
});

test('many entries go to the index at once', async () => {
  const index = createMemoryIdentities();
  const saves: number[] = [];
  const known = openKnownSignals({ ...index, save: async (entries) => void saves.push(entries.length) }, 10);

  for (let at = 0; at < 12; at++) await known.keep([entry(`${at}`)], 1);
  await known.settle();

  expect(saves).toEqual([6, 6]);
});
