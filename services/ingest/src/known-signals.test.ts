import type { KnownSignal } from '@samenhang/ports';
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

  await known.keep([entry('a')]);
  await known.keep([entry('a', 2)]);

  expect((await known.find(['a', 'b'])).get('a')).toEqual(entry('a', 2));
  await known[Symbol.asyncDispose]();
  expect(await index.find(['a', 'b'])).toEqual(new Map([['a', entry('a', 2)]]));
});

test('no more than the bound is ever on its way: then whoever wants to keep more is told that the index fails', async () => {
  const index = createMemoryIdentities();
  const known = openKnownSignals(index, 2);
  index.failing = true;
  await known.keep([entry('a'), entry('b')]);

  await expect(known.keep([entry('c')])).rejects.toThrow('no index');
  index.failing = false;
  await known.keep([entry('c')]);

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
  await known.keep([entry('a')]);

  const found = known.find(['a', 'b']);
  await known[Symbol.asyncDispose]();
  looking.resolve();

  expect((await found).has('a')).toBe(true);
});
