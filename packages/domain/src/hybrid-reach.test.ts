import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hybridReach } from './hybrid-reach.ts';

const few = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'));
const anyPlaces = fc.array(fc.record({ country: fc.constantFrom('NL', 'BE', 'LT', 'FI'), name: fc.constantFrom('x', 'y') }));
const anyIncident = fc.record({ domains: few, sectors: few, places: anyPlaces, themes: few });

test('an incident within one domain, sector, country and theme reaches nowhere', () => {
  const one = {
    domains: ['cyber'],
    sectors: ['energy'],
    places: [{ country: 'NL' }, { country: 'NL', name: 'Delfzijl' }],
    themes: ['digital'],
  };

  expect(hybridReach(one).score).toBe(0);
});

test('a second domain counts more than a second sector or country, and those more than a second theme', () => {
  const alone = { domains: ['cyber'], sectors: ['energy'], places: [{ country: 'NL' }], themes: ['digital'] };
  const scores = [
    { ...alone, domains: ['cyber', 'political'] },
    { ...alone, sectors: ['energy', 'ports'] },
    { ...alone, places: [{ country: 'NL' }, { country: 'BE' }] },
    { ...alone, themes: ['digital', 'military'] },
  ].map((incident) => hybridReach(incident).score);

  expect(scores).toEqual([3, 2, 2, 1]);
});

test('law: the score is the sum of its points and stays within 0 and 32', () => {
  fc.assert(
    fc.property(anyIncident, (incident) => {
      const { score, joins } = hybridReach(incident);
      expect(joins.reduce((sum, { points }) => sum + points, 0)).toBe(score);
      expect(score >= 0 && score <= 32).toBe(true);
    }),
  );
});

test('law: which countries they are changes nothing', () => {
  const other = new Map([
    ['NL', 'BE'],
    ['BE', 'FI'],
    ['LT', 'NL'],
    ['FI', 'LT'],
  ]);
  fc.assert(
    fc.property(anyIncident, (incident) => {
      const permuted = incident.places.map((place) => ({ ...place, country: other.get(place.country) ?? place.country }));
      expect(hybridReach({ ...incident, places: permuted })).toEqual(hybridReach(incident));
    }),
  );
});
