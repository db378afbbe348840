import type { ClassRule, Ruleset } from './ruleset.ts';

const plainClass: ClassRule = {
  baseBits: -2,
  time: { steps: [{ withinDays: 30, bits: 0 }], beyondBits: -4 },
  text: { noneBits: 0, steps: [], otherwiseBits: 0 },
  agreement: {
    'same-country': 0,
    'other-country': -3,
    'same-sector': 0,
    'other-sector': 0,
    'same-actor': 0,
    'other-actor': 0,
    'same-language': 0,
    'other-language': 0,
    'name-across-languages': 0,
  },
};

/** A ruleset with round numbers, for tests that count on them: two signals that alone share a file hash score 3 bits and link, an address is possible, two are a link; four stories are the cap. */
export const plainRuleset: Ruleset = {
  name: 'plain',
  thresholds: { linkBits: 2, possibleBits: -1, secondLegBits: 1 },
  reportChars: 200,
  rareWordEighths: 4,
  classes: { indicator: plainClass, note: plainClass, report: plainClass },
  shared: {
    'file-hash': { family: 'indicator', bits: 5, nominates: 4, weighs: 4 },
    ip: { family: 'indicator', bits: 3, nominates: 4, weighs: 4 },
  },
  echo: { bits: 12, jaccard: 0.6, containment: 0.8, minShingles: 12, withinDays: 14 },
  join: { sizePenalty: 2, countCredit: 1 },
};
