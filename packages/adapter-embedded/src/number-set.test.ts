import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNumberSet } from './number-set.ts';

const largest = 200;
const someNumbers = fc.array(fc.integer({ min: 0, max: largest }));

function setWith(numbers: readonly number[]) {
  const set = createNumberSet(largest);
  for (const number of numbers) set.add(number);
  return set;
}

describe('a set of numbers', () => {
  it('law: holds what a Set would hold', () => {
    fc.assert(
      fc.property(someNumbers, (numbers) => {
        const [set, plain] = [setWith(numbers), new Set(numbers)];

        expect(set.numbers()).toEqual([...plain].sort((a, b) => a - b));
        expect(set.size()).toBe(plain.size);
        for (let number = 0; number <= largest + 40; number++) expect(set.has(number)).toBe(plain.has(number));
      }),
    );
  });

  it('law: both together hold what each holds, also when one has room for more', () => {
    fc.assert(
      fc.property(someNumbers, someNumbers, (own, other) => {
        const wider = createNumberSet(largest * 3);
        for (const number of other) wider.add(number);
        const expected = [...new Set(own)].filter((number) => other.includes(number)).sort((a, b) => a - b);

        expect(setWith(own).and(wider).numbers()).toEqual(expected);
        expect(wider.and(setWith(own)).numbers()).toEqual(expected);
      }),
    );
  });
});
