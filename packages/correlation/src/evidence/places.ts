import type { SharedValueKind } from './evidence-kind.ts';

/** Two signals are placed at the same named place. */
export const places: SharedValueKind = {
  nouns: { place: 'the place' },
  description: 'The same posted place.',
  keysOf: (_signal, enrichment) => enrichment.placeNames.map((value) => ({ kind: 'place', value })),
};
