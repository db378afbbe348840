import { deepStrictEqual } from 'node:assert';
import fc from 'fast-check';
import { expect } from 'vitest';
import { anyRecord, deepFreeze } from './contract-arbitraries.ts';
import { eventually, type Suite } from './contract-suite.ts';
import type { EventLogTestBed } from './event-log.contract.ts';
import type { DeliveredRecord, Subscription } from './event-log.ts';
import { asAppended } from './event-log-append.contract.ts';

/** The values that were delivered of one partition, repetitions left out, in the order of their first delivery. */
const valuesOf = (records: readonly DeliveredRecord[], partition = 0): unknown[] => [
  ...new Map(records.filter((record) => record.partition === partition).map(({ offset, value }) => [offset, value])).values(),
];

const numbered = (count: number, from = 0, partition = 0) =>
  Array.from({ length: count }, (_, index) => ({ key: 'k', value: from + index, partition }));

/** The guarantees of `subscribe`. */
export function guaranteeSubscriptions({ guarantees, runs, patienceMs }: Suite, bed: EventLogTestBed): void {
  const groupOf = (topic: string, name = 'group') => `${topic}-${name}`;
  const within = (says: string, holds: () => boolean | Promise<boolean>) => eventually(says, holds, patienceMs);

  /** Subscribes and keeps what is delivered. */
  async function listen(subscription: Omit<Subscription, 'handle'> & Partial<Subscription>) {
    const delivered: DeliveredRecord[] = [];
    const consumer = await bed.log().subscribe({
      ...subscription,
      async handle(batch) {
        await subscription.handle?.(batch);
        delivered.push(...batch);
      },
    });
    return { delivered, [Symbol.asyncDispose]: () => consumer[Symbol.asyncDispose]() };
  }

  guarantees(
    'law: gives every record at least once, in order per partition, deep-equal to what was appended, before and after the subscription began',
    async () => {
      const partitioned = fc.array(fc.tuple(anyRecord, fc.integer({ min: 0, max: 2 })), { maxLength: 15 });
      await fc.assert(
        fc.asyncProperty(partitioned, partitioned, fc.integer({ min: 1, max: 6 }), async (early, late, maxBatch) => {
          const prepare = (given: typeof early) => given.map(([record, partition]) => deepFreeze({ ...record, partition }));
          const records = [...prepare(early), ...prepare(late)];
          const topic = await bed.topic(3);
          await bed.log().append(topic, prepare(early));
          await using consumer = await listen({ topic, group: groupOf(topic), maxBatch });
          await bed.log().append(topic, prepare(late));
          await within(
            'every record is delivered',
            () => new Set(consumer.delivered.map(({ partition, offset }) => `${partition}/${offset}`)).size >= records.length,
          );
          for (const partition of [0, 1, 2]) {
            const expected = records.filter((record) => record.partition === partition);
            const unique = new Map(
              consumer.delivered.filter((record) => record.partition === partition).map((record) => [record.offset, record]),
            );
            deepStrictEqual([...unique.values()].map(asAppended), expected.map(asAppended));
          }
        }),
        { numRuns: runs },
      );
    },
  );

  guarantees('law: when handle rejects nothing is committed, failed is told, and the same records come again, first to last', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 12 }),
        async (failing, maxBatch) => {
          const topic = await bed.topic(1);
          await bed.log().append(topic, numbered(12));
          const plan = [...failing];
          const failures: unknown[] = [];
          let committedEarly = 0;
          let firstOfFailed: number | undefined;
          await using consumer = await listen({
            topic,
            group: groupOf(topic),
            maxBatch,
            async handle(batch) {
              if (firstOfFailed !== undefined) expect(batch[0]?.offset).toBe(firstOfFailed);
              firstOfFailed = undefined;
              if (plan.shift() !== true) return;
              firstOfFailed = batch[0]?.offset;
              committedEarly = Math.max(
                committedEarly,
                ((await bed.log().committed(topic, groupOf(topic)))[0] ?? 0) - (batch[0]?.offset ?? 0),
              );
              throw new Error('handler fails on purpose');
            },
            failed: (error) => failures.push(error),
          });
          await within('every record is handled', () => valuesOf(consumer.delivered).length === 12);
          expect(valuesOf(consumer.delivered)).toStrictEqual(numbered(12).map(({ value }) => value));
          expect(committedEarly).toBeLessThanOrEqual(0);
          expect(failures.map((error) => (error instanceof Error ? error.message : error))).toStrictEqual(
            failing
              .slice(0, failing.length - plan.length)
              .filter(Boolean)
              .map(() => 'handler fails on purpose'),
          );
        },
      ),
      { numRuns: Math.min(runs, 10) },
    );
  });

  guarantees('commits a batch only after handle resolved', async () => {
    const topic = await bed.topic(1);
    await bed.log().append(topic, numbered(3));
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    let entered = false;
    await using _consumer = await listen({
      topic,
      group: groupOf(topic),
      async handle() {
        entered = true;
        await released;
      },
    });
    await within('the handler is called', () => entered);
    const during = await bed.log().committed(topic, groupOf(topic));
    release();
    expect(during).toStrictEqual([0]);
    await within('the batch is committed', async () => (await bed.log().committed(topic, groupOf(topic)))[0] === 3);
  });

  guarantees('law: goes on from the committed offset after reopening, and what was not committed comes again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 2 }), async (places) => {
        const stops = places.sort((a, b) => a - b);
        const topic = await bed.topic(1);
        await bed.log().append(topic, numbered(10));
        const handled: unknown[] = [];
        for (const stop of stops) {
          const consumer = await listen({
            topic,
            group: groupOf(topic),
            maxBatch: 1,
            async handle(batch) {
              if (Number(batch[0]?.value) === stop) throw new Error('stops here');
              handled.push(...batch.map(({ value }) => value));
            },
          });
          await within('it comes to the stop', async () => (await bed.log().committed(topic, groupOf(topic)))[0] === stop);
          await consumer[Symbol.asyncDispose]();
          await bed.under().reopen();
        }
        const committed = (await bed.log().committed(topic, groupOf(topic)))[0] ?? 0;
        expect(committed).toBe(stops.at(-1));
        await using rest = await listen({ topic, group: groupOf(topic) });
        await within('the rest comes', () => rest.delivered.at(-1)?.value === 9);
        expect(rest.delivered[0]?.offset).toBe(committed);
        expect([...new Set([...handled, ...valuesOf(rest.delivered)])]).toStrictEqual(numbered(10).map(({ value }) => value));
      }),
      { numRuns: Math.min(runs, 5) },
    );
  });

  guarantees('each group sees every record, however far another group is', async () => {
    const topic = await bed.topic(1);
    await bed.log().append(topic, numbered(5));
    await using first = await listen({ topic, group: groupOf(topic, 'first') });
    await within('the first group has them', () => first.delivered.length >= 5);
    await using _stuck = await listen({
      topic,
      group: groupOf(topic, 'stuck'),
      handle: () => Promise.reject(new Error('stuck on purpose')),
    });
    await using second = await listen({ topic, group: groupOf(topic, 'second') });
    await bed.log().append(topic, numbered(5, 5));
    await within('both groups have all', () => valuesOf(first.delivered).length === 10 && valuesOf(second.delivered).length === 10);
    expect(await bed.log().committed(topic, groupOf(topic, 'stuck'))).toStrictEqual([0]);
  });

  guarantees('wakes for a record that is appended after it had nothing left', async () => {
    const topic = await bed.topic(1);
    await using consumer = await listen({ topic, group: groupOf(topic) });
    for (const value of [0, 1, 2]) {
      await bed.log().append(topic, numbered(1, value));
      await within(`record ${value} is delivered`, () => consumer.delivered.at(-1)?.value === value);
    }
  });

  guarantees('a batch holds records of one partition and no more than maxBatch', async () => {
    const topic = await bed.topic(2);
    await bed.log().append(topic, [...numbered(20), ...numbered(20, 0, 1)]);
    const shapes: { size: number; partitions: number }[] = [];
    await using consumer = await listen({
      topic,
      group: groupOf(topic),
      maxBatch: 7,
      async handle(batch) {
        shapes.push({ size: batch.length, partitions: new Set(batch.map(({ partition }) => partition)).size });
      },
    });
    await within('every record is delivered', () => consumer.delivered.length >= 40);
    for (const { size, partitions } of shapes) {
      expect(size).toBeGreaterThan(0);
      expect(size).toBeLessThanOrEqual(7);
      expect(partitions).toBe(1);
    }
  });

  guarantees('consumers of one group share the partitions, and no partition is handled by two at once', async () => {
    const topic = await bed.topic(4);
    const busy = new Set<number>();
    const overlaps: number[] = [];
    const handle = async (batch: readonly DeliveredRecord[]) => {
      const partition = batch[0]?.partition ?? -1;
      if (busy.has(partition)) overlaps.push(partition);
      busy.add(partition);
      await new Promise((resolve) => setTimeout(resolve, 2));
      busy.delete(partition);
    };
    const spread = (from: number) => [0, 1, 2, 3].flatMap((partition) => numbered(10, from, partition));
    await using first = await listen({ topic, group: groupOf(topic), maxBatch: 3, handle });
    await bed.log().append(topic, spread(0));
    await using second = await listen({ topic, group: groupOf(topic), maxBatch: 3, handle });
    let round = 1;
    await within('both have partitions', async () => {
      await bed.log().append(topic, spread(round * 10));
      round++;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return second.delivered.length > 0 && first.delivered.length > 0;
    });
    const all = () => [...first.delivered, ...second.delivered];
    await within('every record is delivered', () => [0, 1, 2, 3].every((partition) => valuesOf(all(), partition).length === round * 10));
    expect(overlaps).toStrictEqual([]);
  });

  guarantees('assigned comes before the first batch with the offset of that batch; revoked comes after the last', async () => {
    const topic = await bed.topic(1);
    await bed.log().append(topic, numbered(4));
    const told: string[] = [];
    const teller = (): Partial<Subscription> => ({
      async handle(batch) {
        told.push(`batch ${batch[0]?.offset}`);
      },
      async assigned(partition, nextOffset) {
        told.push(`assigned ${partition} ${nextOffset}`);
      },
      async revoked(partition) {
        told.push(`revoked ${partition}`);
      },
    });
    const subscription = { topic, group: groupOf(topic), maxBatch: 2 };
    const consumer = await listen({ ...subscription, ...teller() });
    await within('all is committed', async () => (await bed.log().committed(topic, groupOf(topic)))[0] === 4);
    await consumer[Symbol.asyncDispose]();
    expect(told).toStrictEqual(['assigned 0 0', 'batch 0', 'batch 2', 'revoked 0']);
    await bed.log().append(topic, numbered(1, 4));
    await using again = await listen({ ...subscription, ...teller() });
    await within('the rest is delivered', () => again.delivered.length > 0);
    expect(told.slice(4)).toStrictEqual(['assigned 0 4', 'batch 4']);
  });

  guarantees('no batch comes before assigned resolved, and assigned is tried again when it rejects', async () => {
    const topic = await bed.topic(1);
    await bed.log().append(topic, numbered(1));
    const told: string[] = [];
    await using consumer = await listen({
      topic,
      group: groupOf(topic),
      async handle() {
        told.push('batch');
      },
      async assigned() {
        told.push('assigned');
        if (told.length === 1) throw new Error('not ready on purpose');
      },
      failed: () => told.push('failed'),
    });
    await within('the record is delivered', () => consumer.delivered.length > 0);
    expect(told.slice(0, 4)).toStrictEqual(['assigned', 'failed', 'assigned', 'batch']);
  });

  guarantees('disposing waits for the batch in hand, and no batch follows', async () => {
    const topic = await bed.topic(1);
    await bed.log().append(topic, numbered(3));
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const told: string[] = [];
    const consumer = await listen({
      topic,
      group: groupOf(topic),
      maxBatch: 1,
      async handle() {
        told.push('begins');
        await released;
        told.push('ends');
      },
    });
    await within('a batch is in hand', () => told.length > 0);
    const disposed = consumer[Symbol.asyncDispose]().then(() => told.push('disposed'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    release();
    await disposed;
    await bed.log().append(topic, numbered(1, 3));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(told).toStrictEqual(['begins', 'ends', 'disposed']);
    expect(await bed.log().committed(topic, groupOf(topic))).toStrictEqual([1]);
  });
}
