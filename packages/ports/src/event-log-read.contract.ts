import fc from 'fast-check';
import { expect } from 'vitest';
import type { Suite } from './contract-suite.ts';
import type { EventLogTestBed } from './event-log.contract.ts';
import type { DeliveredRecord } from './event-log.ts';
import { readAll } from './event-log-append.contract.ts';

const numbered = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ key: 'k', value: from + index, partition: 0 }));

/** The guarantees of `read`, `ends` and `committed`. */
export function guaranteeReads({ guarantees, runs }: Suite, bed: EventLogTestBed): void {
  guarantees('read ends where the partition ended at the call', async () => {
    const topic = await bed.topic(1);
    await bed.log().append(topic, numbered(5));
    const found: unknown[] = [];
    for await (const batch of bed.log().read({ topic, partition: 0, offset: 0 }, { maxBatch: 2 })) {
      found.push(...batch.map(({ value }) => value));
      if (found.length < 50) await bed.log().append(topic, numbered(2, 5));
    }
    expect(found).toStrictEqual([0, 1, 2, 3, 4]);
  });

  guarantees('law: read gives everything from the offset on, in order, in batches no larger than asked', async () => {
    const topic = await bed.topic(1);
    const positions = await bed.log().append(topic, numbered(40));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 50 }), async (start, maxBatch) => {
        const offset = positions[start]?.offset ?? (positions.at(-1)?.offset ?? 0) + 1;
        const found: unknown[] = [];
        for await (const batch of bed.log().read({ topic, partition: 0, offset }, { maxBatch })) {
          expect(batch.length).toBeLessThanOrEqual(maxBatch);
          found.push(...batch.map(({ value }) => value));
        }
        expect(found).toStrictEqual(numbered(40 - start, start).map(({ value }) => value));
      }),
      { numRuns: runs },
    );
  });

  guarantees('bytes that are not JSON read back as they are, with the value undefined', async () => {
    const topic = await bed.topic(1);
    const foreign = [Uint8Array.of(0xff, 0xfe, 0x00, 0x7b), Buffer.from('{"half":'), new Uint8Array()];
    await bed.log().append(topic, [{ key: 'k', value: 'before' }]);
    for (const bytes of foreign) await bed.under().writeBytes({ topic, partition: 0, key: 'foreign' }, bytes);
    await bed.log().append(topic, [{ key: 'k', value: 'after' }]);
    const records = await readAll(bed.log(), topic, 0);
    expect(records.map(({ value }) => value)).toStrictEqual(['before', undefined, undefined, undefined, 'after']);
    expect(records.slice(1, 4).map((record) => Buffer.from(record.bytes()).toString('hex'))).toStrictEqual(
      foreign.map((bytes) => Buffer.from(bytes).toString('hex')),
    );
  });

  guarantees('the bytes of a record are the JSON of its value', async () => {
    const topic = await bed.topic(1);
    const value = { text: 'Ильич 👩‍👩‍👧', list: [1, null, { deep: true }] };
    await bed.log().append(topic, [{ key: 'k', value }]);
    for (const record of await readAll(bed.log(), topic, 0))
      expect(JSON.parse(Buffer.from(record.bytes()).toString('utf8'))).toStrictEqual(value);
  });

  guarantees('the bytes of a record are the JSON that was given with its value, also for who follows the end of the log', async () => {
    const topic = await bed.topic(1);
    const json = '{ "text" : "Ильич" }';
    const followed = Promise.withResolvers<DeliveredRecord>();
    const handle = async ([record]: readonly DeliveredRecord[]) => void (record !== undefined && followed.resolve(record));
    await using _following = await bed.log().subscribe({ topic, group: 'following', handle });
    await bed.log().append(topic, [{ key: 'k', value: { text: 'Ильич' }, json }]);
    for (const record of [await followed.promise, ...(await readAll(bed.log(), topic, 0))]) {
      expect(record.value).toStrictEqual({ text: 'Ильич' });
      expect(Buffer.from(record.bytes()).toString('utf8')).toBe(json);
    }
  });

  guarantees('a record tells its place and when the log took it', async () => {
    const topic = await bed.topic(2);
    const before = Date.now();
    await bed.log().append(topic, [{ key: 'k', value: 1, partition: 1 }]);
    const [record] = await readAll(bed.log(), topic, 1);
    expect(record).toMatchObject({ topic, partition: 1, offset: 0 });
    // A server's clock may differ from ours a little.
    expect(Math.abs((record?.timestampMs ?? 0) - before)).toBeLessThan(60_000);
  });

  guarantees('ends are one more than the offset of the last record of each partition', async () => {
    const topic = await bed.topic(3);
    expect(await bed.log().ends(topic)).toStrictEqual([0, 0, 0]);
    const positions = await bed.log().append(
      topic,
      numbered(4).map((record, index) => ({ ...record, partition: index < 3 ? 0 : 2 })),
    );
    expect(await bed.log().ends(topic)).toStrictEqual([(positions[2]?.offset ?? 0) + 1, 0, (positions[3]?.offset ?? 0) + 1]);
  });

  guarantees('read touches no group', async () => {
    const topic = await bed.topic(1);
    await bed.log().append(topic, numbered(3));
    await readAll(bed.log(), topic, 0);
    expect(await bed.log().committed(topic, `${topic}-group`)).toStrictEqual([0]);
  });

  guarantees('a group that never committed is at 0 in every partition', async () => {
    const topic = await bed.topic(3);
    await bed.log().append(topic, numbered(3));
    expect(await bed.log().committed(topic, `${topic}-group`)).toStrictEqual([0, 0, 0]);
  });
}
