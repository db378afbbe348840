import type { Link } from '@samenhang/domain';
import { anyCorrelationInputs, type ToldInput } from '@samenhang/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangeSet } from '../correlator.ts';
import { correlateBatch } from '../oracle.ts';
import { tightRuleset as ruleset } from '../tight-ruleset.ts';
import { createCorrelator } from './create-correlator.ts';

const long = process.env.SAMENHANG_LONG === '1';
const timeoutMs = long ? 600_000 : 30_000;
const runs = (few: number, many: number) => ({ numRuns: long ? many : few });

/** What a reader knows who only ever saw change sets. */
class Picture {
  readonly incidents = new Map<string, readonly string[]>();
  readonly links = new Map<string, Link>();

  apply({ incidents, links, unlinked }: ChangeSet): void {
    for (const { id, members } of incidents) {
      if (members.length === 0) this.incidents.delete(id);
      else this.incidents.set(id, members);
    }
    for (const link of links) this.links.set(`${link.a} ${link.b}`, link);
    for (const [a, b] of unlinked) this.links.delete(`${a} ${b}`);
  }

  state() {
    const compare = ([x]: readonly [string, unknown], [y]: readonly [string, unknown]) => (x < y ? -1 : 1);
    return { incidents: new Map([...this.incidents].sort(compare)), links: [...this.links].sort(compare).map(([, link]) => link) };
  }
}

const shuffledWithDuplicates = (inputs: readonly ToldInput[]) =>
  fc
    .tuple(fc.shuffledSubarray([...inputs], { minLength: inputs.length }), fc.array(fc.nat(), { maxLength: 6 }))
    .map(([shuffled, again]) =>
      again.reduce(
        (all, at) => [
          ...all.slice(0, at % (all.length + 1)),
          ...inputs.slice(at % inputs.length, (at % inputs.length) + 1),
          ...all.slice(at % (all.length + 1)),
        ],
        shuffled,
      ),
    );

/** Deliveries of the same inputs: shuffled, partly twice, cut into batches, with restarts from a snapshot in between. */
const anyDelivery = anyCorrelationInputs().chain((inputs) =>
  fc.record({
    inputs: fc.constant(inputs),
    delivered: shuffledWithDuplicates(inputs),
    cuts: fc.array(fc.record({ size: fc.integer({ min: 1, max: 5 }), restart: fc.boolean() }), { minLength: 1, maxLength: 20 }),
  }),
);

describe('the incremental correlator', () => {
  it(
    'law: equals the batch definition after every input, whatever comes',
    () => {
      fc.assert(
        fc.property(anyCorrelationInputs(), (inputs) => {
          const correlator = createCorrelator(ruleset);
          const picture = new Picture();
          for (const [at, input] of inputs.entries()) {
            picture.apply(correlator.apply([input]));
            const expected = correlateBatch(inputs.slice(0, at + 1), ruleset);
            expect(correlator.state()).toEqual(expected);
            expect(picture.state()).toEqual(expected);
          }
        }),
        runs(60, 1_500),
      );
    },
    timeoutMs,
  );

  it(
    'law: gives the same bytes for every order, duplication, batching and restart of the same inputs',
    () => {
      fc.assert(
        fc.property(anyDelivery, ({ inputs, delivered, cuts }) => {
          let correlator = createCorrelator(ruleset);
          const picture = new Picture();
          for (let at = 0, cut = 0; at < delivered.length; cut++) {
            const { size, restart } = cuts[cut % cuts.length] ?? { size: 1, restart: false };
            picture.apply(correlator.apply(delivered.slice(at, at + size)));
            at += size;
            if (restart) correlator = createCorrelator(ruleset, correlator.snapshot());
            expect(picture.state()).toEqual(correlator.state());
          }
          const expected = correlateBatch(inputs, ruleset);
          const { incidents, links } = correlator.state();
          expect(JSON.stringify([[...incidents], links])).toBe(JSON.stringify([[...expected.incidents], expected.links]));
          const silent = createCorrelator(ruleset);
          silent.absorb(delivered);
          expect(silent.state()).toEqual(correlator.state());
        }),
        runs(40, 1_500),
      );
    },
    timeoutMs,
  );

  it(
    'law: tells the same lineage however the same sequence is cut',
    () => {
      const lineageOf = (batches: readonly (readonly ToldInput[])[]) => {
        const correlator = createCorrelator(ruleset);
        const lineage = new Map<string, unknown[]>();
        for (const batch of batches)
          for (const { id, lineage: entries } of correlator.apply(batch).incidents)
            lineage.set(id, [...(lineage.get(id) ?? []), ...entries]);
        return new Map([...lineage].sort());
      };
      fc.assert(
        fc.property(anyDelivery, ({ delivered }) => {
          expect(lineageOf([delivered])).toEqual(lineageOf(delivered.map((input) => [input])));
        }),
        runs(20, 500),
      );
    },
    timeoutMs,
  );
});
