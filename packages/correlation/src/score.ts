import type { Evidence } from '@samenhang/domain';
import type { LedgerLine, SharedKey } from './evidence/evidence-kind.ts';
import { comparingKinds, sharedValueKinds } from './evidence/evidence-kinds.ts';
import { compareKeys, type EvidenceKey, type Profile } from './profile.ts';
import { type Ruleset, toMillibits } from './ruleset.ts';

/** Why two signals do or do not belong together: the lines sum exactly to `millibits`. */
export interface Ledger {
  readonly millibits: number;
  /** The sum without the lines `time` and `base-rate`: what the second leg stands on. */
  readonly besidesTime: number;
  readonly lines: readonly LedgerLine[];
}

/** How many stories hold a key, as ceil(log2 n). */
export type LevelOf = (key: EvidenceKey) => number;

/** ceil(log2 n) for n >= 1. */
export const levelOfCount = (count: number): number => (count <= 1 ? 0 : 32 - Math.clz32(count - 1));

const nouns = new Map(sharedValueKinds.flatMap((kind) => Object.entries(kind.nouns)));

/** The rarity of a value at a level, in eighths: 8 for one that two stories hold, 1 less for each doubling, 0 for a hub. */
export const rarityEighths = (level: number, weighs: number): number => (level > levelOfCount(weighs) ? 0 : Math.max(0, 8 - Math.max(0, level - 1)));

/** What two profiles share, ascending by kind and value. */
export function sharedKeys(a: Profile, b: Profile, levelOf: LevelOf, { shared }: Ruleset): readonly SharedKey[] {
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
  return pairs.map(([key, place]) => ({
    kind: key.kind,
    value: key.value,
    eighths: rarityEighths(levelOf(key), shared[key.kind]?.weighs ?? 0),
    covered: covered.has(place),
  }));
}

function sharedLines(shared: readonly SharedKey[], ruleset: Ruleset): readonly LedgerLine[] {
  const byKind = Map.groupBy(shared, ({ kind }) => kind);
  return [...byKind].flatMap(([kind, keys]) => {
    const counted = keys.filter(({ covered, eighths }) => !covered && eighths > 0);
    const bits = ruleset.shared[kind]?.bits ?? 0;
    if (counted.length === 0 || bits === 0) return [];
    const eighths = counted.reduce((sum, key) => sum + key.eighths, 0);
    const millibits = Math.round(toMillibits(bits) * Math.log2(1 + eighths / 8));
    const values = counted.slice(0, 5).map(({ value }) => value);
    const more = counted.length > values.length ? ` and ${counted.length - values.length} more` : '';
    return [{ kind, value: values.join(', '), millibits, says: `both name ${nouns.get(kind) ?? 'the value'} ${values.join(', ')}${more}` }];
  });
}

/** Scores a pair: a pure function of both profiles and the levels of the keys they share. Symmetric, and a rising level never raises it. */
export function scorePair(a: Profile, b: Profile, levelOf: LevelOf, ruleset: Ruleset): Ledger {
  const shared = sharedKeys(a, b, levelOf, ruleset);
  const compared = comparingKinds.flatMap(({ compare }) => compare(a, b, shared, ruleset) ?? []);
  const bias: LedgerLine = { kind: 'base-rate', millibits: toMillibits(ruleset.biasBits), says: 'two reports taken at random rarely belong together' };
  const lines = [...sharedLines(shared, ruleset), ...compared, bias];
  let millibits = 0;
  let besidesTime = 0;
  for (const line of lines) {
    millibits += line.millibits;
    if (line.kind !== 'time' && line.kind !== 'base-rate') besidesTime += line.millibits;
  }
  return { millibits, besidesTime, lines };
}

/** True when a score is enough for an automatic link: the threshold, with two legs. */
export const isLinkable = ({ millibits, besidesTime }: Ledger, { thresholds }: Ruleset): boolean =>
  millibits >= toMillibits(thresholds.linkBits) && besidesTime >= toMillibits(thresholds.secondLegBits);

/** True when a score is worth showing. */
export const isPossible = ({ millibits }: Ledger, { thresholds }: Ruleset): boolean => millibits >= toMillibits(thresholds.possibleBits);

/** The lines as an analyst reads them, in bits with three decimals. */
export const evidenceOf = ({ lines }: Ledger): readonly Evidence[] =>
  lines.map(({ kind, value, millibits, says }) => ({ kind, ...(value === undefined ? {} : { value }), bits: millibits / 1000, says }));
