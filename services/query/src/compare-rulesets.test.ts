import { type CorrelationInput, correlateBatch, defaultRuleset, type Ruleset } from '@samenhang/correlation';
import { topics } from '@samenhang/events';
import { anyCorrelationInputs, type ToldInput } from '@samenhang/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRulesets } from './compare-rulesets.ts';

const strict: Ruleset = { ...defaultRuleset, name: 'strict', thresholds: { ...defaultRuleset.thresholds, linkBits: 6 } };

const logOf = (inputs: readonly ToldInput[]) => ({
  async *read() {
    for (const { position: offset, ...message } of inputs) {
      const value = JSON.parse(JSON.stringify({ ...message, audience: 'cell' }));
      yield [
        {
          topic: topics.correlationInputs.name,
          partition: 0,
          offset,
          key: '',
          value,
          headers: {},
          timestampMs: 0,
          bytes: () => new Uint8Array(),
        },
      ];
    }
  },
});

const compare = (inputs: readonly ToldInput[], candidate: Ruleset) =>
  compareRulesets({ log: logOf(inputs), audience: 'cell', partition: 0, current: defaultRuleset, candidate });

/** Pairs in one incident, by the plain definition. */
function pairsBy(inputs: readonly CorrelationInput[], ruleset: Ruleset): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (const members of correlateBatch(inputs, ruleset).incidents.values())
    for (const [at, a] of members.entries()) for (const b of members.slice(at + 1)) pairs.add(`${a} ${b}`);
  return pairs;
}

describe('a comparison of rulesets', () => {
  it('finds nothing to change in the ruleset itself', async () => {
    await fc.assert(
      fc.asyncProperty(anyCorrelationInputs(20), async (inputs) => {
        const { pairs, changed, current, candidate } = await compare(inputs, defaultRuleset);

        expect({ pairs: [pairs.onlyCurrent, pairs.onlyCandidate], changed, candidate }).toEqual({
          pairs: [0, 0],
          changed: [],
          candidate: current,
        });
      }),
      { numRuns: 20 },
    );
  });

  it('law: counts the pairs that both, or only one, would put together', async () => {
    await fc.assert(
      fc.asyncProperty(anyCorrelationInputs(25), async (inputs) => {
        const [now, then] = [pairsBy(inputs, defaultRuleset), pairsBy(inputs, strict)];
        const both = now.intersection(then).size;

        expect((await compare(inputs, strict)).pairs).toEqual({ both, onlyCurrent: now.size - both, onlyCandidate: then.size - both });
      }),
      { numRuns: 60 },
    );
  });
});
