import { deepStrictEqual } from 'node:assert';
import fc from 'fast-check';
import { expect } from 'vitest';
import { anyRecord, anyText, deepFreeze } from './contract-arbitraries.ts';
import type { Suite } from './contract-suite.ts';
import type { EventLogTestBed } from './event-log.contract.ts';
import type { DeliveredRecord, EventLog, LogRecord } from './event-log.ts';

/** Everything a partition holds. */
export async function readAll(log: EventLog, topic: string, partition: number): Promise<DeliveredRecord[]> {
  const all: DeliveredRecord[] = [];
  for await (const batch of log.read({ topic, partition, offset: 0 })) all.push(...batch);
  return all;
}

/** The parts of a record that it was appended with. */
export const asAppended = ({ key, value, headers = {} }: Pick<DeliveredRecord, 'key' | 'value' | 'headers'> | LogRecord) => ({
  key,
  value,
  headers,
});

/** The guarantees of `ensureTopics` and `append`. */
export function guaranteeAppends({ guarantees, runs }: Suite, bed: EventLogTestBed): void {
  guarantees('law: what append acknowledged is there after reopening, deep-equal, whatever its key, value and headers', async () => {
    const appended: { readonly topic: string; readonly records: readonly LogRecord[] }[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(anyRecord, { minLength: 1, maxLength: 20 }), async (given) => {
        const records = given.map(deepFreeze);
        const topic = await bed.topic(1);
        await bed.log().append(topic, records);
        appended.push({ topic, records });
        deepStrictEqual((await readAll(bed.log(), topic, 0)).map(asAppended), records.map(asAppended));
      }),
      { numRuns: runs },
    );
    await bed.under().reopen();
    for (const { topic, records } of appended) {
      deepStrictEqual((await readAll(bed.log(), topic, 0)).map(asAppended), records.map(asAppended));
    }
  });

  guarantees('law: records of one partition keep their order, whatever is appended at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 8 }), { maxLength: 10 }), async (appends) => {
        const topic = await bed.topic(3);
        await Promise.all(
          appends.map((partitions, append) =>
            bed.log().append(
              topic,
              partitions.map((partition, index) => ({ key: '', value: { append, index }, partition })),
            ),
          ),
        );
        for (const partition of [0, 1, 2]) {
          const found = (await readAll(bed.log(), topic, partition)).map(({ value }) => value);
          for (const [append, partitions] of appends.entries()) {
            const own = partitions.flatMap((target, index) => (target === partition ? [{ append, index }] : []));
            expect(
              found.filter((value) => typeof value === 'object' && value !== null && 'append' in value && value.append === append),
            ).toStrictEqual(own);
          }
        }
      }),
      { numRuns: runs },
    );
  });

  guarantees('append resolves with the positions of the records in their order', async () => {
    const topic = await bed.topic(2);
    const records = Array.from({ length: 20 }, (_, index) => ({ key: `k${index}`, value: index, partition: index % 2 }));
    const positions = await bed.log().append(topic, records);
    const found = [...(await readAll(bed.log(), topic, 0)), ...(await readAll(bed.log(), topic, 1))];
    for (const [index, position] of positions.entries()) {
      expect(position).toMatchObject({ topic, partition: index % 2 });
      expect(found.find(({ partition, offset }) => partition === position.partition && offset === position.offset)?.value).toBe(index);
    }
    expect(positions).toHaveLength(20);
  });

  guarantees('appending nothing resolves with no position', async () => {
    expect(await bed.log().append(await bed.topic(1), [])).toStrictEqual([]);
  });

  guarantees('offsets of one partition start at 0 and rise', async () => {
    const topic = await bed.topic(1);
    for (const value of [1, 2, 3]) await bed.log().append(topic, [{ key: 'k', value }]);
    const offsets = (await readAll(bed.log(), topic, 0)).map(({ offset }) => offset);
    expect(offsets[0]).toBe(0);
    expect(offsets).toStrictEqual([...new Set(offsets)].sort((a, b) => a - b));
    expect(offsets).toHaveLength(3);
  });

  guarantees('law: without a partition equal keys go to equal partitions, also after reopening', async () => {
    const topic = await bed.topic(5);
    const homes = new Map<string, number>();
    const check = () =>
      fc.assert(
        fc.asyncProperty(fc.array(anyText(12), { minLength: 1, maxLength: 10 }), async (keys) => {
          const positions = await bed.log().append(
            topic,
            [...keys, ...homes.keys()].map((key) => ({ key, value: null })),
          );
          for (const [index, key] of [...keys, ...homes.keys()].entries()) {
            const partition = positions[index]?.partition ?? -1;
            expect(partition).toBe(homes.get(key) ?? partition);
            homes.set(key, partition);
          }
        }),
        { numRuns: runs },
      );
    await check();
    await bed.under().reopen();
    await check();
    expect(new Set(homes.values()).size).toBeGreaterThan(1);
  });

  guarantees('a given partition wins over the key', async () => {
    const topic = await bed.topic(4);
    const positions = await bed.log().append(
      topic,
      [0, 1, 2, 3].map((partition) => ({ key: 'same', value: partition, partition })),
    );
    expect(positions.map(({ partition }) => partition)).toStrictEqual([0, 1, 2, 3]);
  });

  guarantees('append rejects a partition that the topic lacks, and keeps nothing of that call', async () => {
    const topic = await bed.topic(1);
    await expect(
      bed.log().append(topic, [
        { key: 'a', value: 1, partition: 0 },
        { key: 'b', value: 2, partition: 7 },
      ]),
    ).rejects.toThrow();
    expect(await readAll(bed.log(), topic, 0)).toStrictEqual([]);
  });

  guarantees('ensureTopics is idempotent, adds partitions and never takes one away', async () => {
    const topic = await bed.topic(2);
    await bed.log().append(topic, [{ key: 'k', value: 'kept', partition: 1 }]);
    await bed.log().ensureTopics([{ name: topic, partitions: 2 }]);
    await bed.log().ensureTopics([{ name: topic, partitions: 4 }]);
    await bed.log().ensureTopics([{ name: topic, partitions: 1 }]);
    expect(await bed.log().ends(topic)).toStrictEqual([0, 1, 0, 0]);
    await bed.log().append(topic, [{ key: 'k', value: 'new', partition: 3 }]);
    expect((await readAll(bed.log(), topic, 1)).map(({ value }) => value)).toStrictEqual(['kept']);
    expect((await readAll(bed.log(), topic, 3)).map(({ value }) => value)).toStrictEqual(['new']);
  });
}
