import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DeliveredRecord } from '@samenhang/ports';
import { eventually } from '@samenhang/ports/contract';
import { describe, expect, it } from 'vitest';
import { openEmbeddedEventLog } from './embedded-event-log.ts';
import { temporaryDirectory } from './under-test.ts';

const patienceMs = 25_000;
const record = (value: number, partition = 0) => ({ key: 'k', value, partition });
const valuesOf = (records: readonly DeliveredRecord[]) => records.map(({ value }) => value);

describe('openEmbeddedEventLog', { timeout: 30_000 }, () => {
  it('takes turns with another connection that writes the same topic: every record has an offset of its own', async () => {
    using directory = temporaryDirectory();
    await using one = await openEmbeddedEventLog({ directory: directory.path, pollMs: 10 });
    await one.ensureTopics([{ name: 't', partitions: 1 }]);
    await using other = await openEmbeddedEventLog({ directory: directory.path, pollMs: 10 });
    const delivered: DeliveredRecord[] = [];
    await using _consumer = await one.subscribe({ topic: 't', group: 'g', handle: async (batch) => void delivered.push(...batch) });

    await Promise.all(Array.from({ length: 40 }, (_, value) => (value % 2 === 0 ? one : other).append('t', [record(value)])));

    await eventually('all are delivered', () => delivered.length >= 40, patienceMs);
    expect(delivered.map(({ offset }) => offset)).toStrictEqual(Array.from({ length: 40 }, (_, offset) => offset));
    expect(valuesOf(delivered).sort((a, b) => Number(a) - Number(b))).toStrictEqual(Array.from({ length: 40 }, (_, value) => value));
  });

  it('is woken by a record that another thread appends', async () => {
    using directory = temporaryDirectory();
    await using log = await openEmbeddedEventLog({ directory: directory.path, pollMs: 3_600_000 });
    await log.ensureTopics([{ name: 't', partitions: 1 }]);
    const delivered: DeliveredRecord[] = [];
    await using _consumer = await log.subscribe({ topic: 't', group: 'g', handle: async (batch) => void delivered.push(...batch) });
    const worker = new Worker(
      `const { workerData } = require('node:worker_threads');
       import(workerData.module).then(async ({ openEmbeddedEventLog }) => {
         const log = await openEmbeddedEventLog({ directory: workerData.directory });
         await log.append('t', [{ key: 'k', value: 'from the thread' }]);
         await log[Symbol.asyncDispose]();
       });`,
      { eval: true, workerData: { module: new URL('./embedded-event-log.ts', import.meta.url).href, directory: directory.path } },
    );

    await eventually('the record is delivered', () => delivered.length > 0, patienceMs);

    expect(valuesOf(delivered)).toStrictEqual(['from the thread']);
    await worker.terminate();
  });

  it('gives partitions that are added to those who subscribed before', async () => {
    using directory = temporaryDirectory();
    await using log = await openEmbeddedEventLog({ directory: directory.path });
    await log.ensureTopics([{ name: 't', partitions: 1 }]);
    const delivered: DeliveredRecord[] = [];
    await using _consumer = await log.subscribe({ topic: 't', group: 'g', handle: async (batch) => void delivered.push(...batch) });

    await log.ensureTopics([{ name: 't', partitions: 2 }]);
    await log.append('t', [record(7, 1)]);

    await eventually('it is delivered', () => delivered.length > 0, patienceMs);
    expect(valuesOf(delivered)).toStrictEqual([7]);
  });

  it('acknowledges nothing that did not reach the disk, and delivers none of it', async () => {
    using directory = temporaryDirectory();
    let works = true;
    const synchronise = async () => {
      if (!works) throw new Error('EIO on purpose');
    };
    await using log = await openEmbeddedEventLog({ directory: directory.path, synchronise });
    await log.ensureTopics([{ name: 't', partitions: 1 }]);
    const delivered: DeliveredRecord[] = [];
    await using _consumer = await log.subscribe({ topic: 't', group: 'g', handle: async (batch) => void delivered.push(...batch) });
    await log.append('t', [record(1)]);
    works = false;

    await expect(log.append('t', [record(2)])).rejects.toMatchObject({ code: 'log-unavailable' });

    await eventually('the first is delivered', () => delivered.length > 0, patienceMs);
    expect(await log.ends('t')).toStrictEqual([1]);
    expect(valuesOf(delivered)).toStrictEqual([1]);
  });

  it('refuses a topic that nobody made, and a directory that is none, with log-unavailable', async () => {
    using directory = temporaryDirectory();
    writeFileSync(join(directory.path, 'file'), '');
    await using log = await openEmbeddedEventLog({ directory: directory.path });

    await expect(log.append('never', [record(1)])).rejects.toMatchObject({ code: 'log-unavailable' });
    await expect(openEmbeddedEventLog({ directory: join(directory.path, 'file') })).rejects.toMatchObject({ code: 'log-unavailable' });
  });

  it('check tells when the files are gone from under it, and when it is closed', async () => {
    using directory = temporaryDirectory();
    const log = await openEmbeddedEventLog({ directory: directory.path });
    await log.ensureTopics([{ name: 't', partitions: 1 }]);
    await log.check();

    rmSync(join(directory.path, 'log', 't.db'));
    await expect(log.check()).rejects.toThrow();

    await log[Symbol.asyncDispose]();
    await expect(log.check()).rejects.toMatchObject({ code: 'log-unavailable' });
    await expect(log.append('t', [record(1)])).rejects.toMatchObject({ code: 'log-unavailable' });
  });
});
