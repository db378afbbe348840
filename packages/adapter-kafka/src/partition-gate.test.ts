import type { Subscription } from '@samenhang/ports';
import { expect, it } from 'vitest';
import { createOwnership } from './ownership.ts';
import { createPartitionGate } from './partition-gate.ts';

/** A gate for partition 0 whose callbacks say what they do, and wait where they are told to. */
function aGate(waits: Readonly<Record<string, Promise<void>>> = {}) {
  const events: string[] = [];
  const ownership = createOwnership();
  let next = 0;
  const happens = async (what: string): Promise<void> => {
    await waits[what];
    events.push(what);
  };
  const subscription: Subscription = {
    topic: 't',
    group: 'g',
    handle: () => Promise.resolve(),
    assigned: (_partition, offset) => happens(`assigned at ${offset}`),
    revoked: () => happens('revoked'),
  };
  const gate = createPartitionGate({
    subscription,
    ownership,
    nextOffset: async () => next++,
    pause: () => void events.push('closed'),
    resume: () => void events.push('open'),
  });
  const assign = (partitions: readonly number[]): void => {
    const { lost, gained } = ownership.join('m', partitions);
    for (const partition of lost) gate.lose(partition);
    for (const partition of gained) gate.gain(partition);
  };
  return { gate, assign, events };
}

it('keeps a partition closed until `assigned` has resolved', async () => {
  const { gate, assign, events } = aGate();

  assign([0]);
  await gate.settled();

  expect(events).toEqual(['closed', 'assigned at 0', 'open']);
});

it('leaves opening a partition that was taken and given back to the assignment that gave it back', async () => {
  const slow = Promise.withResolvers<void>();
  const { gate, assign, events } = aGate({ 'assigned at 0': slow.promise });

  assign([0]);
  await new Promise((done) => setImmediate(done));
  assign([]);
  assign([0]);
  slow.resolve();
  await gate.settled();

  expect(events).toEqual(['closed', 'closed', 'assigned at 0', 'revoked', 'assigned at 1', 'open']);
});

it('tells of a partition that was taken only after the batch in hand', async () => {
  const { gate, assign, events } = aGate();
  const batch = Promise.withResolvers<void>();
  assign([0]);
  await gate.settled();

  const handled = gate.during(0, () => batch.promise.then(() => void events.push('batch ended')));
  assign([]);
  batch.resolve();
  await handled;
  await gate.settled();

  expect(events.slice(3)).toEqual(['batch ended', 'revoked']);
});
