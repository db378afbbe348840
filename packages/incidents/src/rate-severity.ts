import type { IncidentSummary } from '@samenhang/domain';

/** What severity depends on: how wide an incident reaches, never which country it is or how often it was repeated (laws 6 and 7). */
export interface Reach {
  readonly themes: readonly string[];
  readonly sectors: readonly string[];
  readonly countries: number;
}

const gravest = /vital|critical|military|defen[cs]e|energy|nuclear|water|health|election|democra/iu;

/**
 * How severe an incident is, by its reach. One point for a second theme and one for a third, the same for sectors, one for a second country and
 * one for a fourth, one when a theme or sector names a vital process, defence or the democratic process: 0-1 low, 2-3 moderate, 4-5 high, more severe.
 */
export function rateSeverity({ themes, sectors, countries }: Reach): IncidentSummary['severity'] {
  const beyondFirst = (count: number): number => Math.min(2, Math.max(0, count - 1));
  const across = (countries >= 2 ? 1 : 0) + (countries >= 4 ? 1 : 0);
  const grave = [...themes, ...sectors].some((word) => gravest.test(word)) ? 1 : 0;
  const points = beyondFirst(themes.length) + beyondFirst(sectors.length) + across + grave;
  if (points >= 6) return 'severe';
  if (points >= 4) return 'high';
  return points >= 2 ? 'moderate' : 'low';
}
