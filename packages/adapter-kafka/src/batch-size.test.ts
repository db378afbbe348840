import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBatchSize } from './batch-size.ts';

it('grows to the most while full batches are quick', () => {
  const size = createBatchSize(500);
  for (let batch = 0; batch < 5; batch++) size.took(size.current, { wallMs: 10, busyMs: 10 });

  expect(size.current).toBe(500);
});

it('falls at once when a batch kept the process for too long, so that a slow handler is not expelled for ever (kafkajs has no heartbeat of its own thread)', () => {
  const size = createBatchSize(500);
  for (let batch = 0; batch < 5; batch++) size.took(size.current, { wallMs: 10, busyMs: 10 });

  size.took(500, { wallMs: 50_000, busyMs: 50_000 });

  expect(size.current).toBe(10);
});

it('grows while batches wait for a store, which lets heartbeats through, until one would hold up a rebalance', () => {
  const size = createBatchSize(2_000);
  for (let batch = 0; batch < 5; batch++) size.took(size.current, { wallMs: 2_400, busyMs: 100 });
  expect(size.current).toBe(2_000);

  size.took(2_000, { wallMs: 20_000, busyMs: 100 });

  expect(size.current).toBe(500);
});

it('law: stays between 1 and the most, whatever batches took', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 1_000 }), fc.nat(200_000), fc.nat(200_000))),
      (most, batches) => {
        const size = createBatchSize(most);
        for (const [records, wallMs, busyMs] of batches) size.took(records, { wallMs, busyMs });
        expect(size.current).toBeGreaterThanOrEqual(1);
        expect(size.current).toBeLessThanOrEqual(most);
      },
    ),
  );
});
