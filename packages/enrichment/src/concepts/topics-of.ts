import type { FoundConcept } from './find-concepts.ts';

/** The thirteen domains of hybrid threats (JRC and Hybrid CoE, The Landscape of Hybrid Threats, 2021), from the lexicon's shorter words. */
const hybridDomains = new Map([
  ['infrastructure', 'infrastructure'],
  ['cyber', 'cyber'],
  ['space', 'space'],
  ['economy', 'economy'],
  ['military', 'military/defence'],
  ['culture', 'culture'],
  ['social', 'social'],
  ['public-administration', 'public administration'],
  ['legal', 'legal'],
  ['intelligence', 'intelligence'],
  ['diplomacy', 'diplomacy'],
  ['political', 'political'],
  ['information', 'information'],
]);

/** The theme of DESIGN.md section 1 that a domain speaks for. */
const themes = new Map([
  ['infrastructure', 'vital-infrastructure'],
  ['cyber', 'digital'],
  ['space', 'vital-infrastructure'],
  ['economy', 'economic-security'],
  ['military', 'military'],
  ['political', 'democratic-processes'],
  ['information', 'disinformation'],
  ['intelligence', 'espionage'],
]);

/** What a text is about. */
export interface Topics {
  readonly themes: readonly string[];
  readonly domains: readonly string[];
  readonly sectors: readonly string[];
}

/** What a text is about, by the concepts that it names; each list most mentioned first, ties by name. Measured on the hybrid set: asking for two mentions halves what is found and is no more often right. */
export function topicsOf(found: readonly FoundConcept[]): Topics {
  const domains = tally(found, ({ concept }) => concept.domains);
  return {
    domains: domains.flatMap((domain) => hybridDomains.get(domain) ?? []),
    themes: [...new Set(domains.flatMap((domain) => themes.get(domain) ?? []))],
    sectors: tally(found, ({ concept }) => concept.sectors),
  };
}

function tally(found: readonly FoundConcept[], namesOf: (one: FoundConcept) => readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const one of found) for (const name of namesOf(one)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([name]) => name);
}
