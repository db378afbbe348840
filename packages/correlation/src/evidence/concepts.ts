import type { SharedValueKind } from './evidence-kind.ts';

/** Two signals speak of the same thing, in whatever languages: a cable, a harbour, a referendum. */
export const concepts: SharedValueKind = {
  nouns: { concept: 'the subject' },
  description: 'The same subject out of a lexicon across languages, named in both texts.',
  keysOf: ({ enrichment: { mentions } }) => mentions.flatMap(({ kind, value }) => (kind === 'concept' ? [{ kind, value }] : [])),
};
