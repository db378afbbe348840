import { defaultRuleset, ledgerOf } from '@samenhang/correlation';
import { describe, expect, it } from 'vitest';
import { compareLabelled } from './correlate-labelled.ts';
import { type Feature, features, vectorOf } from './fit-features.ts';
import { rulesetOf } from './fitted-ruleset.ts';
import { readLabelled } from './labelled.ts';
import { type Example, learnWeights, probabilityOf, scoreOf } from './learn-weights.ts';
import { seededRandom } from './seeded-random.ts';

const feature = (name: string, given: Partial<Feature> = {}): Feature => ({
  name,
  priorBits: 0,
  firmness: 1,
  nonNegative: false,
  ...given,
});

/** Pairs whose truth is drawn by known weights. */
function drawn(truth: readonly number[], count: number): readonly Example[] {
  const next = seededRandom(7);
  return Array.from({ length: count }, () => {
    const values = Float64Array.from(truth, (_, at) => (at === 0 ? 1 : Number(next() < 0.5)));
    const vector = { places: Int32Array.from(truth.keys()), values };
    return { vector, weight: 1, right: next() < probabilityOf(scoreOf(vector, Float64Array.from(truth))) };
  });
}

describe('learnWeights', () => {
  it('finds the weights by which the truth was drawn', () => {
    const learned = learnWeights([feature('base'), feature('for'), feature('against')], drawn([-1, 3, -2], 20_000), 1);

    expect(learned[0]).toBeCloseTo(-1, 0);
    expect(learned[1]).toBeCloseTo(3, 0);
    expect(learned[2]).toBeCloseTo(-2, 0);
  });

  it('never lets speak against a pair what may not', () => {
    const learned = learnWeights([feature('base'), feature('against', { nonNegative: true })], drawn([1, -3], 2_000), 1);

    expect(learned[1]).toBe(0);
  });

  it('stays at the prior where there is nothing to learn from', () => {
    expect([...learnWeights([feature('a', { priorBits: 2.5 })], [], 1)]).toEqual([2.5]);
  });
});

describe('a fitted ruleset', () => {
  it('scores pairs as the learned weights do, where nothing was lifted by hand', () => {
    const [file = ''] = [new URL('./hybrid.jsonl', import.meta.url).pathname];
    const { pairs } = compareLabelled(readLabelled(file).slice(0, 60), defaultRuleset);
    const weights = Float64Array.from(features, ({ priorBits }) => priorBits);
    const ruleset = rulesetOf('prior', weights);

    const plain = pairs.filter(
      ({ facts }) => facts.pairClass !== 'report' && !facts.shared.has('posted-name') && !facts.shared.has('label-piece'),
    );

    for (const { facts } of plain) expect(ledgerOf(facts, ruleset).millibits / 1000).toBeCloseTo(scoreOf(vectorOf(facts), weights), 1);
    expect(plain.length).toBeGreaterThan(0);
  });
});
