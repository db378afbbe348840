import { agreements, defaultRuleset, type PairClass, type PairFacts, pairClasses } from '@samenhang/correlation';

/** One number of the table that is learned: where it starts from, how firmly it is held there, and whether it may speak against a pair. */
export interface Feature {
  readonly name: string;
  readonly priorBits: number;
  readonly firmness: number;
  readonly nonNegative: boolean;
}

/** A pair as numbers: place of the feature and value, ascending by place. */
export interface FeatureVector {
  readonly places: Int32Array;
  readonly values: Float64Array;
}

/** Kinds that share one weight, because there is too little of each to tell them apart. */
const tiedKinds: Readonly<Record<string, string>> = {
  account: 'identifier',
  iban: 'identifier',
  wallet: 'identifier',
  phone: 'identifier',
  mutex: 'artefact',
  'registry-key': 'artefact',
  'file-name': 'artefact',
  other: 'artefact',
  url: 'address',
  'url-path': 'address',
};

/** What the two prototypes of CORRELATION.md sections 1 and 6 found, which decides where the data do not: which of two things that always go together gets the credit. */
const priorBits: Readonly<Record<string, number>> = {
  'file-hash': 6,
  package: 5,
  'package-prefix': 3,
  certificate: 4,
  address: 3,
  domain: 5,
  'registered-domain': 5,
  'domain-template': 3.5,
  ip: 4,
  network: 2.5,
  email: 3,
  identifier: 4,
  artefact: 2.5,
  cve: 1.5,
  hashtag: 2,
  'domain-beginning': 1.5,
  'label-piece': 1.5,
  'posted-name': 2,
  'name-pair': 2,
  name: 1,
  'name-stem': 0.5,
  'name-skeleton': 0.5,
  number: 2,
  'small-number': 1,
  code: 2,
  word: 1,
  'rare-word': 1,
  place: 0.5,
  concept: 0.5,
};

export const gapDays = [1, 3, 7, 30, 60, 120, 300, 1095] as const;
export const cosineSteps = [0.03, 0.08, 0.15, 0.25] as const;
/** Agreement on these says nothing beyond what nominated the pair. */
export const silentAgreements: ReadonlySet<string> = new Set(['same-country', 'same-sector', 'same-actor']);

const baseBits = { indicator: -7, note: -9, report: -9 } as const;
const gapBits = { indicator: [0.5, 0.5, 1.5, 2, 1, 0.5, 0.5, 0.5], note: [], report: [] } as const;

export const sharedName = (kind: string, pairClass: PairClass): string =>
  pairClass === 'report' && defaultRuleset.shared[kind]?.family === 'text' ? `report ${kind}` : `shared ${tiedKinds[kind] ?? kind}`;

function sharedFeatures(): readonly Feature[] {
  const names = new Map<string, number>();
  for (const kind of Object.keys(defaultRuleset.shared)) {
    const prior = priorBits[tiedKinds[kind] ?? kind] ?? 0;
    names.set(sharedName(kind, 'note'), prior);
    names.set(sharedName(kind, 'report'), prior);
  }
  return [...names].map(([name, prior]) => ({ name, priorBits: prior, firmness: 2, nonNegative: true }));
}

function classFeatures(pairClass: PairClass): readonly Feature[] {
  const gaps = gapDays.map((days, at) => ({
    name: `${pairClass} within ${days}`,
    priorBits: gapBits[pairClass][at] ?? 0,
    firmness: 1,
    nonNegative: true,
  }));
  const cosines = cosineSteps
    .slice(1)
    .map((step) => ({ name: `${pairClass} cosine ${step}`, priorBits: 0, firmness: 1, nonNegative: true }));
  const free = ['text', 'text low', ...agreements.filter((kind) => !silentAgreements.has(kind))];
  return [
    { name: `${pairClass} base`, priorBits: baseBits[pairClass], firmness: 20, nonNegative: false },
    ...gaps,
    ...cosines,
    ...free.map((name) => ({ name: `${pairClass} ${name}`, priorBits: 0, firmness: 1, nonNegative: false })),
  ];
}

/** The whole table, in a fixed order. Gaps and cosines are steps that add up, so that nearer never weighs less. */
export const features: readonly Feature[] = [...sharedFeatures(), ...pairClasses.flatMap(classFeatures)];

const placeOf = new Map(features.map(({ name }, place) => [name, place]));

/** Turns the facts of a pair into numbers: weights times numbers, summed, is the score in bits. */
export function vectorOf({ pairClass, shared, days, cosine, agreements: agreed }: PairFacts): FeatureVector {
  const found = new Map<number, number>();
  const add = (name: string, value: number): void => {
    const place = placeOf.get(name);
    if (place !== undefined) found.set(place, (found.get(place) ?? 0) + value);
  };
  for (const [kind, { eighths }] of shared) add(sharedName(kind, pairClass), Math.log2(1 + eighths / 8));
  add(`${pairClass} base`, 1);
  for (const gap of gapDays) if (days <= gap) add(`${pairClass} within ${gap}`, 1);
  if (cosine !== undefined) {
    add(`${pairClass} text`, 1);
    if (cosine < cosineSteps[0]) add(`${pairClass} text low`, 1);
    for (const step of cosineSteps.slice(1)) if (cosine >= step) add(`${pairClass} cosine ${step}`, 1);
  }
  for (const kind of agreed) add(`${pairClass} ${kind}`, 1);
  const places = Int32Array.from(found.keys()).sort();
  return { places, values: Float64Array.from(places, (place) => found.get(place) ?? 0) };
}
