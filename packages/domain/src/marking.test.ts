import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Audience, compareTlp, highestMarking, isWithin, type Marking, maySee, tlpLevels } from './marking.ts';

const names = fc.constantFrom('ras', 'energy', 'banks');
const marking: fc.Arbitrary<Marking> = fc.record(
  { tlp: fc.constantFrom(...tlpLevels), communities: fc.uniqueArray(names), exercise: fc.constantFrom('cmx', 'pace') },
  { requiredKeys: ['tlp'] },
);
const audience: fc.Arbitrary<Audience> = fc
  .record(
    {
      tlpMax: fc.constantFrom(...tlpLevels),
      communities: fc.oneof(fc.constant('all' as const), fc.uniqueArray(names)),
      exercise: fc.constantFrom('cmx'),
    },
    { requiredKeys: ['tlpMax', 'communities'] },
  )
  .map((some) => Audience.parse({ id: 'a', name: 'A', ...some }));

describe('a marking', () => {
  it('is seen up to the highest TLP of the audience', () => {
    const partners = Audience.parse({ id: 'p', name: 'Partners', tlpMax: 'amber' });

    expect(tlpLevels.filter((tlp) => maySee(partners, { tlp }))).toEqual(['clear', 'green', 'amber']);
  });

  it('for communities is seen by an audience of one of them only', () => {
    const ras = Audience.parse({ id: 'r', name: 'RAS', tlpMax: 'red', communities: ['ras'] });

    expect(maySee(ras, { tlp: 'green', communities: ['energy', 'ras'] })).toBe(true);
    expect(maySee(ras, { tlp: 'green', communities: ['energy'] })).toBe(false);
    expect(maySee(ras, { tlp: 'green' })).toBe(true);
  });

  it('of an exercise is never seen by a real audience', () => {
    const cell = Audience.parse({ id: 'c', name: 'Cell', tlpMax: 'red', communities: 'all' });

    expect(maySee(cell, { tlp: 'clear', exercise: 'cmx' })).toBe(false);
  });

  it('law: an exercise audience sees every real signal that its base audience sees', () => {
    fc.assert(
      fc.property(audience, marking, (one, mark) => {
        const { exercise: _exercise, ...base } = one;

        return mark.exercise !== undefined || maySee(one, mark) === maySee(base, mark);
      }),
    );
  });

  it('law: raising the TLP never shows a signal to more audiences', () => {
    fc.assert(
      fc.property(audience, marking, fc.constantFrom(...tlpLevels), (one, mark, tlp) => {
        return compareTlp(tlp, mark.tlp) < 0 || !maySee(one, { ...mark, tlp }) || maySee(one, mark);
      }),
    );
  });

  it('law: who may see a marking that is within another may see the other', () => {
    fc.assert(
      fc.property(audience, marking, marking, (one, mark, other) => !isWithin(mark, other) || !maySee(one, mark) || maySee(one, other)),
    );
  });

  it('is within itself', () => {
    fc.assert(fc.property(marking, (mark) => isWithin(mark, mark)));
  });

  it('law: the highest of some markings is the same in any order and at least as restricted as each', () => {
    fc.assert(
      fc.property(fc.array(marking), (marks) => {
        const highest = highestMarking(marks);

        expect(highestMarking([...marks].reverse())).toEqual(highest);
        expect(marks.every((mark) => compareTlp(mark.tlp, highest.tlp) <= 0)).toBe(true);
      }),
    );
  });
});
