import type { SharedValueKind } from './evidence-kind.ts';
import { wordOf } from './word-of.ts';

/** Words of title and text, as stems: a rare one nominates, text similarity weighs them all. */
export const words: SharedValueKind = {
  nouns: { word: 'the word', 'rare-word': 'the rare word' },
  description: 'Words in common that are not among the commonest of the language.',
  keysOf: ({ enrichment }) => [
    ...enrichment.words.map((value) => ({ kind: 'word', value })),
    ...enrichment.rareWords.map((value) => ({ kind: 'rare-word', value, implies: [wordOf(value)] })),
  ],
};
