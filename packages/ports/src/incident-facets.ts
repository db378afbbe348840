import type { IncidentSummary } from '@samenhang/domain';

export const facetKinds = [
  'theme',
  'domain',
  'sector',
  'country',
  'technique',
  'sourceType',
  'source',
  'status',
  'severity',
  'tlp',
] as const;
export type FacetKind = (typeof facetKinds)[number];

/** A value by which incidents are counted. */
export interface FacetValue {
  readonly kind: FacetKind;
  readonly value: string;
}

/** How many of the incidents of a query have a value. */
export interface FacetCount extends FacetValue {
  readonly count: number;
}

const distinct = (kind: FacetKind, values: readonly string[]): readonly FacetValue[] =>
  [...new Set(values)].map((value) => ({ kind, value }));

const lowered = (values: readonly string[]): readonly string[] => values.map((value) => value.toLowerCase());

/** Every value that an incident is counted under, each once; words that filters take for one, whatever their case, are one. */
export function facetValuesOf(summary: IncidentSummary): readonly FacetValue[] {
  return [
    ...distinct('theme', lowered(summary.themes)),
    ...distinct('domain', lowered(summary.domains)),
    ...distinct('sector', lowered(summary.sectors)),
    ...distinct(
      'country',
      summary.places.flatMap(({ country }) => country ?? []),
    ),
    ...distinct(
      'technique',
      summary.techniques.map(({ framework, id }) => `${framework}:${id}`),
    ),
    ...distinct('sourceType', summary.sourceTypes),
    ...distinct('source', lowered(summary.sources)),
    { kind: 'status', value: summary.status },
    { kind: 'severity', value: summary.severity },
    { kind: 'tlp', value: summary.marking.tlp },
  ];
}
