import type { Tlp } from '@samenhang/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aChange } from './a-change.fixture.ts';
import { createToldIncidents } from './told-incidents.ts';

const of = (size: number, tlp: Tlp = 'amber') => (size === 0 ? aChange({ summary: null }) : aChange({}, { size, marking: { tlp } }));

describe('what is told', () => {
  test('begins with an incident of enough reports and goes on until it ended', () => {
    const told = createToldIncidents(3);

    const verdicts = [of(2), of(3), of(1), of(0), of(0), of(1)].map((change) => told.decide(change));

    expect(verdicts).toEqual(['too-small', 'tell', 'tell', 'tell', 'never-told', 'too-small']);
  });

  test.each<Tlp>(['amber+strict', 'red'])('is nothing of an incident marked %s, its end included', (tlp) => {
    const told = createToldIncidents(2);

    expect([of(2), of(3, tlp), of(0)].map((change) => told.decide(change))).toEqual(['tell', 'above-amber', 'never-told']);
  });

  test('law: never holds a marking above amber, and never an end of what was never told', () => {
    const anyStep = fc.tuple(fc.nat(4), fc.constantFrom<Tlp>('clear', 'green', 'amber', 'amber+strict', 'red'));
    fc.assert(
      fc.property(fc.array(anyStep), (steps) => {
        const told = createToldIncidents(2);
        let known = false;
        for (const [size, tlp] of steps) {
          const tells = told.decide(of(size, tlp)) === 'tell';
          const above = size > 0 && (tlp === 'red' || tlp === 'amber+strict');
          if (above) expect(tells).toBe(false);
          if (size === 0) expect(tells).toBe(known);
          known = size > 0 && !above && (tells || known);
        }
      }),
    );
  });
});
