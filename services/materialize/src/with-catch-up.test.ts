import { defaultAudiences, kept, type Step } from '@samenhang/runtime';
import { expect, it } from 'vitest';
import { withCatchUp } from './with-catch-up.ts';

const record = (offset: number) => ({
  topic: 't',
  partition: 0,
  offset,
  key: '',
  value: offset,
  headers: {},
  timestampMs: 0,
  bytes: () => new Uint8Array(0),
});

function aWorld(progress: number) {
  const taken: unknown[] = [];
  const step: Step<number> = {
    name: 's',
    reads: 't',
    accepts: (value): value is number => typeof value === 'number',
    handle(message) {
      taken.push(message);
      return kept();
    },
    async finish({ nextOffset }) {
      taken.push(`to ${nextOffset}`);
      return [];
    },
  };
  const log = {
    async *read({ offset }: { readonly offset: number }) {
      yield [0, 1, 2, 3, 4, 5].filter((number) => number >= offset).map(record);
    },
  };
  return { taken, caughtUp: withCatchUp(step, { log, store: { progress: async () => progress }, audiences: defaultAudiences }) };
}

it('takes in again what the store lost, and not what the group has yet to be given', async () => {
  const { taken, caughtUp } = aWorld(2);

  await caughtUp.assigned?.(0, 4);

  expect(taken).toEqual([2, 3, 'to 4']);
});

it('takes in nothing when the store has all that was committed', async () => {
  const { taken, caughtUp } = aWorld(4);

  await caughtUp.assigned?.(0, 4);

  expect(taken).toEqual([]);
});
