import type { ClassRule, Ruleset, SharedValueRule } from './ruleset.ts';

const indicator = (bits: number): SharedValueRule => ({ family: 'indicator', bits, nominates: 64, weighs: 256 });
const text = (bits: number, reportBits: number, nominates: number): SharedValueRule => ({
  family: 'text',
  bits,
  reportBits,
  nominates,
  weighs: 256,
});

const days = [1, 3, 7, 30, 60, 120, 300, 1095];
const cosines = [0.03, 0.08, 0.15, 0.25];
const time = (...bits: readonly number[]): ClassRule['time'] => ({
  steps: days.map((withinDays, at) => ({ withinDays, bits: bits[at] ?? 0 })),
  beyondBits: 0,
});
const words = (...bits: readonly number[]): ClassRule['text'] => ({
  noneBits: 0,
  steps: cosines.map((below, at) => ({ below, bits: bits[at] ?? 0 })),
  otherwiseBits: bits[cosines.length] ?? 0,
});

/** The ruleset that is used when none is configured: learned by `npm run fit` on indicator lists, disinformation sets, headlines, short messages and reports, and rounded to half bits. */
export const defaultRuleset: Ruleset = {
  name: 'default',
  thresholds: { linkBits: 0, possibleBits: 0, secondLegBits: 2 },
  reportChars: 200,
  rareWordEighths: 4,
  classes: {
    indicator: {
      baseBits: -6,
      time: time(7, 7, 6.5, 6, 3.5, 3, 2, 2),
      text: words(-4, -4, -3.5, -3, -3),
      agreement: {
        'same-country': 0,
        'other-country': -1,
        'same-sector': 0,
        'other-sector': -1.5,
        'same-actor': 0,
        'other-actor': 0,
        'same-language': -2,
        'other-language': 0,
        'name-across-languages': 3,
      },
    },
    note: {
      baseBits: -9,
      time: time(8.5, 7, 6.5, 4.5, 2, 1, 1, 0.5),
      text: words(-0.5, 2.5, 5, 5, 5),
      agreement: {
        'same-country': 0,
        'other-country': -0.5,
        'same-sector': 0,
        'other-sector': -2,
        'same-actor': 0,
        'other-actor': -4,
        'same-language': -0.5,
        'other-language': 0,
        'name-across-languages': 3.5,
      },
    },
    report: {
      baseBits: -8,
      time: time(10, 9.5, 8.5, 8.5, 7.5, 7, 4, 0),
      text: words(-2.5, -1.5, -1.5, -1.5, -1.5),
      agreement: {
        'same-country': 0,
        'other-country': -0.5,
        'same-sector': 0,
        'other-sector': -0.5,
        'same-actor': 0,
        'other-actor': -2,
        'same-language': -1.5,
        'other-language': 0.5,
        'name-across-languages': 2,
      },
    },
  },
  shared: {
    'file-hash': indicator(8.5),
    package: indicator(6.5),
    'package-prefix': indicator(4.5),
    certificate: indicator(3.5),
    url: indicator(2.5),
    domain: indicator(4.5),
    'registered-domain': indicator(7),
    'url-path': indicator(2.5),
    'domain-template': indicator(6),
    ip: indicator(3),
    network: indicator(1),
    email: indicator(5),
    account: indicator(9),
    iban: indicator(9),
    wallet: indicator(9),
    phone: indicator(9),
    'file-name': indicator(3),
    mutex: indicator(3),
    'registry-key': indicator(3),
    cve: indicator(1.5),
    other: indicator(3),
    'domain-beginning': { ...text(5, 1.5, 32), bestOnly: true },
    'label-piece': { ...text(2.5, 3, 16), bestOnly: true },
    publisher: text(0, 0, 16),
    hashtag: text(2.5, 3.5, 64),
    'posted-name': text(5, 3.5, 64),
    'name-pair': text(0, 3, 32),
    name: text(0.5, 2, 24),
    'name-stem': text(0, 3.5, 32),
    'name-skeleton': text(0, 1.5, 24),
    number: text(5.5, 2.5, 12),
    'small-number': text(1, 4.5, 0),
    code: text(3, 0, 12),
    word: text(0.5, 0, 24),
    'rare-word': text(1.5, 1.5, 12),
    place: text(0.5, 1, 24),
    concept: text(2.5, 1, 12),
  },
  echo: { bits: 12, jaccard: 0.6, containment: 0.8, minShingles: 40, withinDays: 14 },
  join: { sizePenalty: 1.25, countCredit: 0.75 },
};
