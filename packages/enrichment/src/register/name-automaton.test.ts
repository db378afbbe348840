import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildNameAutomaton } from './name-automaton.ts';

const hits = (patterns: readonly (readonly number[])[], symbols: readonly number[]): readonly string[] => {
  const found: string[] = [];
  buildNameAutomaton(patterns).match(symbols, { from: 0, to: symbols.length }, (pattern, end) => found.push(`${pattern}@${end}`));
  return found.sort();
};

/** The plain way: every pattern at every place. */
const plainHits = (patterns: readonly (readonly number[])[], symbols: readonly number[]): readonly string[] =>
  patterns
    .flatMap((pattern, number) =>
      symbols.flatMap((_, end) => {
        const start = end + 1 - pattern.length;
        return pattern.length > 0 && start >= 0 && pattern.every((symbol, at) => symbols[start + at] === symbol)
          ? [`${number}@${end}`]
          : [];
      }),
    )
    .sort();

const few = fc.integer({ min: 0, max: 1 });

describe('the automaton', () => {
  it('law: finds what the plain way finds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(few, { maxLength: 6, size: 'max' }), { maxLength: 5 }),
        fc.array(fc.oneof({ weight: 9, arbitrary: few }, fc.constant(-1)), { maxLength: 30, size: 'max' }),
        (patterns, symbols) => {
          expect(hits(patterns, symbols)).toEqual(plainHits(patterns, symbols));
        },
      ),
    );
  });

  it('law: takes steps linear in the text on its worst case', () => {
    const almost = Array.from({ length: 40 }, (_, length) => [...Array<number>(length + 1).fill(0), 1]);
    const automaton = buildNameAutomaton(almost);
    const stepsFor = (length: number) => {
      let told = 0;
      const symbols = Array.from({ length }, (_, at) => (at % 41 === 40 ? 2 : 0));
      return { steps: automaton.match(symbols, { from: 0, to: length }, () => told++), told };
    };
    const short = stepsFor(10_000);
    const long = stepsFor(100_000);

    expect(short.steps).toBeLessThanOrEqual(2 * 10_000 + short.told);
    expect(long.steps).toBeLessThanOrEqual(2 * 100_000 + long.told);
    expect(long.steps / short.steps).toBeCloseTo(10, 0);
  });
});
