import { createCorrelator, defaultRuleset, type Ruleset } from '@samenhang/correlation';
import { canonicalJson, type Link } from '@samenhang/domain';
import { type CorrelationInputMessage, isIncidentChanged, topics } from '@samenhang/events';
import type { DeliveredRecord, LogRecord } from '@samenhang/ports';
import { anAudience, anyCorrelationInputs, type ToldInput } from '@samenhang/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCorrelateStep } from './correlate-step.ts';

/** One partition of two topics, in memory. */
function twoTopics(inputs: readonly ToldInput[]) {
  const delivered = (topic: string, value: unknown, offset: number): DeliveredRecord => ({
    topic,
    partition: 0,
    offset,
    key: '',
    value: JSON.parse(JSON.stringify(value)),
    headers: {},
    timestampMs: 0,
    bytes: () => new Uint8Array(),
  });
  const told = inputs.map(({ position: _position, ...message }, offset) =>
    delivered(topics.correlationInputs.name, { ...message, audience: 'cell' }, offset),
  );
  const changed: DeliveredRecord[] = [];
  const append = (records: readonly LogRecord[]) => {
    for (const { value } of records) changed.push(delivered(topics.incidentsChanged.name, value, changed.length));
  };
  return {
    told,
    changed,
    append,
    log: {
      append: async (_topic: string, records: readonly LogRecord[]) => {
        append(records);
        return [];
      },
      ends: async (topic: string) => [topic === topics.correlationInputs.name ? told.length : changed.length],
      async *read({ topic, offset }: { topic: string; offset: number }) {
        const records = topic === topics.correlationInputs.name ? told : changed;
        for (let at = offset; at < records.length; at += 3) yield records.slice(at, at + 3);
      },
    },
  };
}

/** What a reader of `incidents.changed` knows in the end. */
function pictureOf(changed: readonly DeliveredRecord[]) {
  const links = new Map<string, Link>();
  const holder = new Map<string, string>();
  const sizes = new Map<string, number>();
  for (const { value } of changed) {
    if (!isIncidentChanged(value)) throw new Error('not a change');
    for (const link of value.links) links.set(`${link.a} ${link.b}`, link);
    for (const pair of value.unlinked) links.delete(pair.join(' '));
    for (const id of value.joined) holder.set(id, value.id);
    for (const id of value.left) holder.delete(id);
    if (value.summary === null) sizes.delete(value.id);
    else sizes.set(value.id, value.summary.size);
  }
  const byKey = <T>(map: ReadonlyMap<string, T>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return canonicalJson({ links: byKey(links), holder: byKey(holder), sizes: byKey(sizes) });
}

const isMessage = (_value: unknown): _value is CorrelationInputMessage => true;

interface Cut {
  readonly size: number;
  readonly crash: boolean;
  /** Records of the last append that survive a crash. */
  readonly kept: number;
  /** With which ruleset it starts again. */
  readonly strict: boolean;
}

const strictRuleset: Ruleset = { ...defaultRuleset, name: 'strict', thresholds: { ...defaultRuleset.thresholds, linkBits: 5 } };

/** Runs the step over the inputs, cut and crashed as told; every crash loses the commit and all but some records of the last append. It ends with the default ruleset. */
async function run(inputs: readonly ToldInput[], cuts: readonly Cut[]) {
  const world = twoTopics(inputs);
  const start = async (nextOffset: number, ruleset: Ruleset) => {
    const step = createCorrelateStep({
      audiences: [anAudience({ id: 'cell' })],
      log: world.log,
      createCorrelator: () => createCorrelator(ruleset),
    });
    await step.assigned?.(0, nextOffset);
    return step;
  };
  let step = await start(0, defaultRuleset);
  let committed = 0;
  for (let turn = 0; committed < world.told.length; turn++) {
    const { size, crash, kept, strict } = cuts[turn] ?? { size: 5, crash: false, kept: 0, strict: false };
    const batch = world.told.slice(committed, committed + size);
    for (const record of batch) if (isMessage(record.value)) await step.handle(record.value, record);
    const nextOffset = committed + batch.length;
    const records = (await step.finish?.({ topic: '', partition: 0, nextOffset }))?.flatMap((outgoing) => outgoing.records) ?? [];
    world.append(crash ? records.slice(0, kept) : records);
    if (!crash) committed = nextOffset;
    else step = await start(committed, strict ? strictRuleset : defaultRuleset);
  }
  await start(committed, defaultRuleset);
  return pictureOf(world.changed);
}

const cut: fc.Arbitrary<Cut> = fc.record({
  size: fc.integer({ min: 1, max: 9 }),
  crash: fc.boolean(),
  kept: fc.nat({ max: 12 }),
  strict: fc.constantFrom(false, false, true),
});

describe('the correlate step', () => {
  it('law: whatever the batches, wherever it was killed and with whatever ruleset it ran before, its readers know the same in the end', async () => {
    await fc.assert(
      fc.asyncProperty(anyCorrelationInputs(30), fc.array(cut, { maxLength: 12 }), async (inputs, cuts) => {
        const calm = await run(inputs, []);

        expect(await run(inputs, cuts)).toBe(calm);
      }),
      { numRuns: 150 },
    );
  });
});
