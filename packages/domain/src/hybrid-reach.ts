import type { IncidentSummary } from './incident.ts';

export const hybridDimensions = ['domain', 'sector', 'country', 'theme'] as const;

/** How many different values of one dimension an incident joins, and the points that gives. */
export interface HybridJoin {
  readonly dimension: (typeof hybridDimensions)[number];
  readonly different: number;
  readonly points: number;
}

/** How far an incident reaches across what one actor with one purpose would have to coordinate; `score` is the exact sum of the points. */
export interface HybridReach {
  readonly score: number;
  readonly joins: readonly HybridJoin[];
}

const pointsEach = { domain: 3, sector: 2, country: 2, theme: 1 } as const;
/** Different values beyond the first that still give points. */
const counted = 4;

/**
 * The hybrid reach of an incident, 0 to 32: for each different domain of hybrid threats beyond the first 3 points, for each sector and each country beyond the first 2,
 * for each theme beyond the first 1, at most four times each. It only counts how many differ, so it is the same whichever countries they are (law 6); channels
 * and reports give no points, so telling a story again raises nothing (law 7). It orders what to look at first; it is no proof of a strategy.
 */
export function hybridReach({
  domains,
  sectors,
  places,
  themes,
}: Pick<IncidentSummary, 'domains' | 'sectors' | 'places' | 'themes'>): HybridReach {
  const countries = new Set(places.flatMap(({ country }) => country ?? []));
  const different = { domain: domains.length, sector: sectors.length, country: countries.size, theme: themes.length };
  const joins = hybridDimensions.map((dimension) => ({
    dimension,
    different: different[dimension],
    points: pointsEach[dimension] * Math.min(counted, Math.max(0, different[dimension] - 1)),
  }));
  return { score: joins.reduce((sum, { points }) => sum + points, 0), joins };
}
