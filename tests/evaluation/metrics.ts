/** Precision, recall and their harmonic mean, each from 0 to 1. */
export interface Quality {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface Grouping {
  readonly pairwise: Quality;
  readonly bcubed: Quality;
  /** Members of the largest group. */
  readonly largest: number;
}

const pairs = (count: number): number => (count * (count - 1)) / 2;

/** Precision and recall with their harmonic mean. */
export const qualityOf = (precision: number, recall: number): Quality => ({
  precision,
  recall,
  f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
});

const bump = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
const pairsIn = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((sum, count) => sum + pairs(count), 0);

/**
 * Scores a grouping against the truth: pairwise (Hubert 1985) and B-cubed (Bagga and Baldwin 1998). `groups[i]` and `truth[i]` are labels of item i; an empty truth is a
 * class of its own, so an item without a campaign is nobody's pair.
 */
export function scoreGrouping(groups: readonly string[], truth: readonly string[]): Grouping {
  const cells = new Map<string, number>();
  const byGroup = new Map<string, number>();
  const byTruth = new Map<string, number>();
  const classes = truth.map((label, item) => (label === '' ? `alone:${item}` : label));
  for (const [item, group] of groups.entries()) {
    bump(cells, `${group}\u0000${classes[item]}`);
    bump(byGroup, group);
    bump(byTruth, classes[item] ?? '');
  }
  const [both, found, real] = [pairsIn(cells), pairsIn(byGroup), pairsIn(byTruth)];
  let precision = 0;
  let recall = 0;
  for (const [cell, count] of cells) {
    const [group = '', label = ''] = cell.split('\u0000');
    precision += (count * count) / (byGroup.get(group) ?? 1);
    recall += (count * count) / (byTruth.get(label) ?? 1);
  }
  const items = Math.max(1, groups.length);
  return {
    pairwise: qualityOf(found === 0 ? 1 : both / found, real === 0 ? 1 : both / real),
    bcubed: qualityOf(precision / items, recall / items),
    largest: Math.max(0, ...byGroup.values()),
  };
}

/** How often pairs of about the same score are right: `right` of `pairs` with a score in [fromBits, toBits). */
export interface ReliabilityBin {
  readonly fromBits: number;
  readonly toBits: number;
  readonly pairs: number;
  readonly right: number;
}

/** Pairs by score in steps of one bit, ascending: a calibrated score of s bits is right with probability 1 / (1 + 2^-s). */
export function reliabilityOf(scored: readonly { readonly bits: number; readonly right: boolean }[]): readonly ReliabilityBin[] {
  const bins = new Map<number, { pairs: number; right: number }>();
  for (const { bits, right } of scored) {
    const from = Math.floor(bits);
    const bin = bins.get(from) ?? { pairs: 0, right: 0 };
    bins.set(from, { pairs: bin.pairs + 1, right: bin.right + (right ? 1 : 0) });
  }
  return [...bins].sort(([x], [y]) => x - y).map(([fromBits, bin]) => ({ fromBits, toBits: fromBits + 1, ...bin }));
}
