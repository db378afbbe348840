import { type Agreement, agreementsOf } from './evidence/agreement.ts';
import type { SharedKey } from './evidence/evidence-kind.ts';
import { textCosine } from './evidence/text-similarity.ts';
import { daysBetween } from './evidence/time-between.ts';
import { type ComparedProfile, type ComparedTraits, compareKeys, type EvidenceKey } from './profile.ts';
import type { PairClass, Ruleset } from './ruleset.ts';

/** How many stories hold a key, as ceil(log2 n). */
export type LevelOf = (key: EvidenceKey) => number;

/** All of a pair that its score depends on. */
export interface PairFacts {
  readonly pairClass: PairClass;
  /** For each kind with a value that counts: the values, and their rarity in eighths, added up (for a kind of which only the best counts: the best). */
  readonly shared: ReadonlyMap<string, { readonly eighths: number; readonly keys: readonly SharedKey[] }>;
  readonly days: number;
  /** undefined when one of the two hardly says anything. */
  readonly cosine: number | undefined;
  readonly agreements: readonly Agreement[];
}

/** ceil(log2 n) for n >= 1. */
export const levelOfCount = (count: number): number => (count <= 1 ? 0 : 32 - Math.clz32(count - 1));

/** The rarity of a value at a level, in eighths: 8 for one that two stories hold, 1 less for each doubling, 0 for a hub. */
export const rarityEighths = (level: number, weighs: number): number =>
  level > levelOfCount(weighs) ? 0 : Math.max(0, 8 - Math.max(0, level - 1));

/** What two profiles share, ascending by kind and value. */
export function sharedKeys(a: ComparedProfile, b: ComparedProfile, levelOf: LevelOf, { shared }: Ruleset): readonly SharedKey[] {
  const pairs: [EvidenceKey, number][] = [];
  const covered = new Set<number>();
  for (let i = 0, j = 0; i < a.keys.length && j < b.keys.length; ) {
    const [x, y] = [a.keys[i], b.keys[j]];
    if (x === undefined || y === undefined) break;
    const order = compareKeys(x, y);
    if (order === 0) {
      pairs.push([x, i]);
      for (const place of x.implies) covered.add(place);
    }
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return pairs.map(([key, place]) => {
    const level = levelOf(key);
    const eighths = rarityEighths(level, shared[key.kind]?.weighs ?? 0);
    return { kind: key.kind, value: key.value, eighths, stories: 2 ** level, covered: covered.has(place) };
  });
}

/** Kinds of keys that name something: to share one across languages says more. */
export const nameKinds: ReadonlySet<string> = new Set(['posted-name', 'name-pair', 'name', 'name-stem', 'name-skeleton', 'place']);

function classOf(a: ComparedTraits, b: ComparedTraits, shared: readonly SharedKey[], ruleset: Ruleset): PairClass {
  if (shared.some(({ kind, covered }) => !covered && ruleset.shared[kind]?.family === 'indicator')) return 'indicator';
  return a.prose && b.prose ? 'report' : 'note';
}

/** Compares two profiles: a pure, symmetric function of both and of the levels of the keys they share. */
export const comparePair = (a: ComparedProfile, b: ComparedProfile, levelOf: LevelOf, ruleset: Ruleset): PairFacts =>
  factsOf(a, b, sharedKeys(a, b, levelOf, ruleset), ruleset);

/** Compares two signals, given what they share, ascending by kind and value. */
export function factsOf(a: ComparedTraits, b: ComparedTraits, shared: readonly SharedKey[], ruleset: Ruleset): PairFacts {
  const byKind = new Map<string, { eighths: number; keys: SharedKey[] }>();
  for (const key of shared) {
    const { kind, covered, eighths } = key;
    if (covered || eighths === 0 || (kind === 'word' && eighths < ruleset.rareWordEighths)) continue;
    const sum = byKind.get(kind);
    if (sum === undefined) byKind.set(kind, { eighths, keys: [key] });
    else {
      sum.eighths = ruleset.shared[kind]?.bestOnly === true ? Math.max(sum.eighths, eighths) : sum.eighths + eighths;
      sum.keys.push(key);
    }
  }
  return {
    pairClass: classOf(a, b, shared, ruleset),
    shared: byKind,
    days: daysBetween(a, b),
    cosine: textCosine(a.wordCount, b.wordCount, shared),
    agreements: agreementsOf(
      a,
      b,
      shared.some(({ kind }) => nameKinds.has(kind)),
    ),
  };
}
