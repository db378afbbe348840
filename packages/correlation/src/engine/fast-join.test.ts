import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRuleset } from '../default-ruleset.ts';
import { joinGroups } from '../join.ts';
import { FastJoin } from './fast-join.ts';

const largest = 100;

const component = fc.integer({ min: 1, max: largest }).chain((size) =>
  fc.record({
    stories: fc.array(fc.nat({ max: size - 1 }), { minLength: size, maxLength: size }),
    links: fc.uniqueArray(
      fc.record({
        a: fc.nat({ max: size - 1 }),
        b: fc.nat({ max: size - 1 }),
        millibits: fc.oneof(
          fc.integer({ min: 0, max: 6 }).map((bits) => 500 * bits),
          fc.integer({ min: 0, max: 3_000 }),
        ),
      }),
      { maxLength: 4 * size, selector: ({ a, b }) => `${Math.min(a, b)} ${Math.max(a, b)}` },
    ),
  }),
);

/** The first member of each story stands for it. */
const firstOf = (stories: readonly number[]): Int32Array => Int32Array.from(stories, (story) => stories.indexOf(story));

describe('FastJoin', () => {
  it('law: forms the groups that the definition forms', () => {
    const joiner = new FastJoin(defaultRuleset);
    fc.assert(
      fc.property(component, ({ stories, links: drawn }) => {
        const storyOf = firstOf(stories);
        const links = drawn
          .filter(({ a, b }) => a !== b)
          .map(({ a, b, millibits }) => ({ a: Math.min(a, b), b: Math.max(a, b), millibits }));
        joiner.start(storyOf, storyOf.length);
        for (const { a, b, millibits } of links) joiner.link(a, b, millibits);

        const groups = [...joiner.join()];

        expect(groups).toEqual([...joinGroups({ storyOf, links, constraints: [] }, defaultRuleset)]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('forms the groups that the definition forms of a chain longer than any table', () => {
    const storyOf = Int32Array.from({ length: 9_000 }, (_, member) => member);
    const links = Array.from({ length: 8_999 }, (_, a) => ({ a, b: a + 1, millibits: 20_000 + ((a * 7_919) % 400) }));
    const joiner = new FastJoin(defaultRuleset);
    joiner.start(storyOf, storyOf.length);
    for (const { a, b, millibits } of links) joiner.link(a, b, millibits);

    expect([...joiner.join()]).toEqual([...joinGroups({ storyOf, links, constraints: [] }, defaultRuleset)]);
  });
});
