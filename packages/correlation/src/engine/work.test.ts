import { heavyTailed } from '@samenhang/testing';
import { describe, expect, it } from 'vitest';
import type { CorrelationWork } from '../correlator.ts';
import { defaultRuleset } from '../default-ruleset.ts';
import { createCorrelator } from './create-correlator.ts';

const long = process.env.SAMENHANG_LONG === '1';
const [small, large, period] = long ? [10_000, 40_000, 500] : [2_000, 6_000, 500];
const allowedSlope = 0.05;

/** Work per signal over the last so many signals of a stream: the beginning, when there is nothing to compare with, would flatter. */
function workOfTail(size: number, tail: number): CorrelationWork {
  const correlator = createCorrelator(defaultRuleset);
  let before = correlator.work();
  let batch = [];
  for (const input of heavyTailed({ seed: 5, size, words: 0, period })) {
    if (input.position === size - tail) before = correlator.work();
    batch.push(input);
    if (batch.length < 100) continue;
    correlator.apply(batch);
    batch = [];
  }
  const after = correlator.work();
  return {
    candidatesTouched: (after.candidatesTouched - before.candidatesTouched) / tail,
    pairsScored: (after.pairsScored - before.pairsScored) / tail,
    edgesChanged: (after.edgesChanged - before.edgesChanged) / tail,
    membersRegrouped: (after.membersRegrouped - before.membersRegrouped) / tail,
  };
}

describe('the work per signal', () => {
  it('does not grow with the number of signals that came before', { timeout: 600_000 }, () => {
    const [few, many] = [workOfTail(small, small / 2), workOfTail(large, large / 2)];

    const slopes = Object.entries(few).map(
      ([name, work]) => [name, Math.log(many[name as keyof CorrelationWork] / work) / Math.log(large / small)] as const,
    );

    for (const [name, slope] of slopes) expect(slope, `${name} ${JSON.stringify({ few, many })}`).toBeLessThanOrEqual(allowedSlope);
  });
});
