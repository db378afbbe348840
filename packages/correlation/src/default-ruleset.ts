import type { ClassRule, Ruleset, SharedValueRule } from './ruleset.ts';

const indicator = (bits: number, nominates = 64, weighs = 256): SharedValueRule => ({ family: 'indicator', bits, nominates, weighs });
const text = (bits: number, reportBits: number, nominates: number, weighs = 256): SharedValueRule => ({
  family: 'text',
  bits,
  reportBits,
  nominates,
  weighs,
});

const none: ClassRule['agreement'] = {
  'same-country': 0,
  'other-country': 0,
  'same-sector': 0,
  'other-sector': 0,
  'same-actor': 0,
  'other-actor': 0,
  'same-language': 0,
  'other-language': 0,
  'name-across-languages': 0,
};
const days = [1, 3, 7, 30, 60, 120, 300, 1095];
const cosines = [0.03, 0.08, 0.15, 0.25];
const time = (...bits: readonly number[]): ClassRule['time'] => ({
  steps: days.map((withinDays, at) => ({ withinDays, bits: bits[at] ?? 0 })),
  beyondBits: 0,
});
const words = (noneBits: number, ...bits: readonly number[]): ClassRule['text'] => ({
  noneBits,
  steps: cosines.map((below, at) => ({ below, bits: at === 0 ? 0 : (bits[at - 1] ?? 0) })),
  otherwiseBits: bits[3] ?? 0,
});

/** The ruleset that is used when none is configured: learned by `npm run fit` and rounded to half bits. */
export const defaultRuleset: Ruleset = {
  name: 'default',
  thresholds: { linkBits: 0, possibleBits: -1.5, secondLegBits: 1 },
  reportChars: 200,
  rareWordEighths: 4,
  classes: {
    indicator: { baseBits: -4.5, time: time(4.5, 4, 4, 2.5, 1.5, 1, 0, 0), text: words(3.5, 0, 1.5, 2, 2), agreement: none },
    note: {
      baseBits: -9.5,
      time: time(8, 6.5, 6, 4, 1, 0.5, 0, 0),
      text: words(1.5, 3.5, 6, 6, 6),
      agreement: { ...none, 'other-actor': -2, 'other-country': -1 },
    },
    report: {
      baseBits: -8,
      time: time(6, 5, 5, 5, 4.5, 4, 3, 0),
      text: words(0, 1, 1.5, 2, 2),
      agreement: { ...none, 'same-language': -2.5, 'other-language': 2, 'other-actor': -2 },
    },
  },
  shared: {
    'file-hash': indicator(5),
    package: indicator(3),
    'package-prefix': indicator(1.5),
    certificate: indicator(2),
    url: indicator(2),
    domain: indicator(2.5),
    'registered-domain': indicator(3.5),
    'url-path': indicator(1),
    'domain-template': indicator(1),
    ip: indicator(2),
    network: indicator(1),
    email: indicator(2),
    account: indicator(3.5),
    iban: indicator(3.5),
    wallet: indicator(3.5),
    phone: indicator(3.5),
    'file-name': indicator(1),
    mutex: indicator(1),
    'registry-key': indicator(1),
    cve: indicator(1),
    other: indicator(1),
    'domain-beginning': { ...text(1, 1, 32), bestOnly: true },
    'label-piece': { ...text(1, 1, 32), bestOnly: true },
    publisher: text(0.5, 0.5, 16),
    hashtag: text(1.5, 1.5, 64),
    'posted-name': text(1.5, 1.5, 64),
    'name-pair': text(2, 2, 32),
    name: text(1, 1.5, 48),
    'name-stem': text(0.5, 1, 32),
    'name-skeleton': text(0, 0.5, 24),
    number: text(1, 1.5, 12),
    'small-number': text(1, 2.5, 0),
    code: text(2, 1.5, 12),
    word: text(0.5, 1.5, 24),
    place: text(0.5, 0.5, 0),
  },
  echo: { bits: 12, jaccard: 0.6, containment: 0.8, minShingles: 40, withinDays: 14 },
  join: { sizePenalty: 2, countCredit: 1 },
};
