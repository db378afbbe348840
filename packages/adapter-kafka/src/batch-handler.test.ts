import type { DeliveredRecord, Subscription } from '@samenhang/ports';
import type { EachBatchPayload } from 'kafkajs';
import { expect, it, vi } from 'vitest';
import { createBatchHandler } from './batch-handler.ts';
import { createOwnership } from './ownership.ts';
import type { PartitionGate } from './partition-gate.ts';

const gateSpy = (): PartitionGate => ({
  gain: vi.fn(),
  lose: vi.fn(),
  failed: vi.fn(),
  succeeded: vi.fn(),
  during: (_partition, work) => work(),
  settled: () => Promise.resolve(),
  stop: vi.fn(),
});

function aBatch(offsets: readonly number[], events: string[]) {
  const messages = offsets.map((offset) => ({
    key: null,
    value: Buffer.from('1'),
    timestamp: '0',
    attributes: 0,
    offset: String(offset),
    headers: {},
  }));
  const state = { running: true, stale: false };
  const payload = {
    batch: { topic: 't', partition: 0, messages },
    isRunning: () => state.running,
    isStale: () => state.stale,
    heartbeat: async () => {
      events.push('heartbeat');
    },
    resolveOffset: (offset: string) => events.push(`resolve ${offset}`),
    commitOffsetsIfNecessary: async (offsets: { topics: readonly { partitions: readonly { offset: string }[] }[] }) => {
      events.push(`commit ${offsets.topics[0]?.partitions[0]?.offset}`);
    },
  } as unknown as EachBatchPayload;
  return { payload, state };
}

function aHandler(handle: (batch: readonly DeliveredRecord[]) => Promise<void>, more: Partial<Subscription> = {}) {
  const ownership = createOwnership();
  ownership.join('m', [0]);
  const gate = gateSpy();
  return {
    ownership,
    gate,
    run: createBatchHandler({ subscription: { topic: 't', group: 'g', handle, ...more }, ownership, gate, settings: { brokers: [] } }),
  };
}

it('commits after the effect, batch by batch, and beats after each (kafkajs #28)', async () => {
  const events: string[] = [];
  const { run } = aHandler(
    async (batch) => {
      events.push(`effect ${batch.map((record) => record.offset)}`);
    },
    { maxBatch: 2 },
  );

  await run(aBatch([5, 6, 9], events).payload);

  expect(events).toEqual(['effect 5,6', 'commit 7', 'resolve 6', 'heartbeat', 'effect 9', 'commit 10', 'resolve 9', 'heartbeat']);
});

it('commits nothing of a batch that failed, says so and closes the partition for a while', async () => {
  const events: string[] = [];
  const failed = vi.fn();
  const { run, gate } = aHandler(() => Promise.reject(new Error('store away')), { failed });

  await run(aBatch([1, 2], events).payload);

  expect(events).toEqual([]);
  expect(failed).toHaveBeenCalledWith(new Error('store away'));
  expect(gate.failed).toHaveBeenCalledWith(0);
});

it('handles nothing more once the consumer stops, the offsets are stale or the partition was taken (kafkajs #1527, #1645, #1720)', async () => {
  for (const stop of ['running', 'stale', 'owner'] as const) {
    const handled: number[] = [];
    const { run, ownership } = aHandler(
      async (batch) => {
        handled.push(...batch.map((record) => record.offset));
        if (stop === 'running') state.running = false;
        if (stop === 'stale') state.stale = true;
        if (stop === 'owner') ownership.leave();
      },
      { maxBatch: 1 },
    );
    const { payload, state } = aBatch([1, 2, 3], []);

    await run(payload);

    expect(handled).toEqual([1]);
  }
});

it('commits nothing of a batch during which the partition was taken, even if it was given back (its new owner may be elsewhere in it)', async () => {
  for (const given of [[], [0]]) {
    const events: string[] = [];
    const { run, ownership } = aHandler(async () => {
      ownership.leave();
      ownership.join('m', given);
    });

    await run(aBatch([1, 2], events).payload);

    expect(events).toEqual([]);
  }
});

it('lets an error of the commit through, so that the client joins again and the batch is not taken as done', async () => {
  const events: string[] = [];
  const { run } = aHandler(() => Promise.resolve());
  const { payload } = aBatch([1], events);

  const refused = { ...payload, commitOffsetsIfNecessary: () => Promise.reject(new Error('illegal generation')) };

  await expect(run(refused)).rejects.toThrow('illegal generation');
  expect(events).not.toContain('resolve 1');
});
