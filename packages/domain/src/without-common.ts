import type { Enrichment } from './enrichment.ts';
import type { Observable } from './signal.ts';

const keyOf = ({ type, value }: Observable): string => `${type} ${value}`;

/** Those observables of a signal, posted or found, that its enrichment does not call too common: what may be evidence, in the same order. */
export function withoutCommon(observables: readonly Observable[], { common }: Pick<Enrichment, 'common'>): readonly Observable[] {
  if (common === undefined) return observables;
  const keys = new Set(common.map(keyOf));
  return observables.filter((observable) => !keys.has(keyOf(observable)));
}
