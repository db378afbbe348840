import type { KeyDraft, SharedValueKind } from './evidence-kind.ts';
import { wordOf } from './word-of.ts';

const placeKey = (name: string): KeyDraft => ({ kind: 'place', value: name, implies: name.split(' ').map(wordOf) });

/** Two signals are placed at, or speak of, the same place: weaker than a name, as unrelated things happen in one town. */
export const places: SharedValueKind = {
  nouns: { place: 'the place' },
  description: 'The same place, posted or named in the text.',
  keysOf: ({ enrichment: { placeNames, mentions } }) => [
    ...placeNames.map(placeKey),
    ...mentions.flatMap(({ kind, value }) => (kind === 'place' ? [placeKey(value)] : [])),
  ],
};
