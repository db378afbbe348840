import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reliabilityOf, scoreGrouping } from './metrics.ts';

const labels = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 30 });

describe('scoreGrouping', () => {
  it('gives full marks to the truth', () => {
    const { pairwise, bcubed } = scoreGrouping(['x', 'x', 'y'], ['a', 'a', 'b']);

    expect(pairwise).toEqual({ precision: 1, recall: 1, f1: 1 });
    expect(bcubed).toEqual({ precision: 1, recall: 1, f1: 1 });
  });

  it('counts pairs as by hand', () => {
    const { pairwise, bcubed, largest } = scoreGrouping(['x', 'x', 'x', 'y'], ['a', 'a', 'b', 'b']);

    expect(pairwise.precision).toBeCloseTo(1 / 3);
    expect(pairwise.recall).toBeCloseTo(1 / 2);
    expect(bcubed.precision).toBeCloseTo((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4);
    expect(bcubed.recall).toBeCloseTo((1 + 1 + 1 / 2 + 1 / 2) / 4);
    expect(largest).toBe(3);
  });

  it('makes an item without a campaign nobody’s pair', () => {
    expect(scoreGrouping(['x', 'x'], ['', '']).pairwise.precision).toBe(0);
    expect(scoreGrouping(['x', 'y'], ['', '']).pairwise.recall).toBe(1);
  });

  it('law: names of groups and the order of items make no difference', () => {
    fc.assert(
      fc.property(labels, fc.array(fc.constantFrom('x', 'y', 'z'), { minLength: 30, maxLength: 30 }), (truth, all) => {
        const groups = all.slice(0, truth.length);

        const renamed = scoreGrouping(groups.map((group) => `other ${group}`).reverse(), truth.toReversed());

        expect(renamed.pairwise.f1).toBeCloseTo(scoreGrouping(groups, truth).pairwise.f1, 9);
        expect(renamed.bcubed.f1).toBeCloseTo(scoreGrouping(groups, truth).bcubed.f1, 9);
      }),
    );
  });
});

describe('reliabilityOf', () => {
  it('counts right pairs per bit of score', () => {
    expect(
      reliabilityOf([
        { bits: 1.2, right: true },
        { bits: 1.9, right: false },
        { bits: -0.5, right: false },
      ]),
    ).toEqual([
      { fromBits: -1, toBits: 0, pairs: 1, right: 0 },
      { fromBits: 1, toBits: 2, pairs: 2, right: 1 },
    ]);
  });
});
