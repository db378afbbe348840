import type { FacetCount, FacetKind } from '@samenhang/ports';

/** A value and how many incidents have it. */
export interface Counted {
  readonly value: string;
  readonly count: number;
}

/** More values than this of one kind are not shown; the most frequent are. */
export const mostValues = 100;

/** The counts of the kinds asked for, most frequent first, ties by value; and how many incidents there are in all, as each has exactly one status. */
export function facetsOf(counts: readonly FacetCount[], kinds: readonly FacetKind[]) {
  const total = counts.filter(({ kind }) => kind === 'status').reduce((sum, { count }) => sum + count, 0);
  const facets: Partial<Record<FacetKind, readonly Counted[]>> = {};
  for (const kind of kinds) facets[kind] = mostFrequent(counts.filter((each) => each.kind === kind));
  return { total, facets };
}

const mostFrequent = (counts: readonly FacetCount[]): readonly Counted[] =>
  counts
    .map(({ value, count }) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, mostValues);
