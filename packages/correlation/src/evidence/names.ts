import type { Enrichment } from '@samenhang/domain';
import type { KeyDraft, SharedValueKind } from './evidence-kind.ts';
import { skeletonOf, stemOf } from './name-forms.ts';
import { wordOf } from './word-of.ts';

const leastPosted = 4;
const leastSkeleton = 4;

function nameKeys(name: string): readonly KeyDraft[] {
  const stem = { kind: 'name-stem', value: stemOf(name) };
  const consonants = skeletonOf(name);
  const skeleton = consonants.length < leastSkeleton ? [] : [{ kind: 'name-skeleton', value: consonants }];
  return [{ kind: 'name', value: name, implies: [stem, ...skeleton, wordOf(name)] }, { ...stem, implies: skeleton }, ...skeleton];
}

const named = (value: string): { kind: string; value: string } => ({ kind: 'name', value });
const pairOf = (first: string, second: string): KeyDraft => ({
  kind: 'name-pair',
  value: `${first} ${second}`,
  implies: [named(first), named(second)],
});

function postedKeys(name: string): readonly KeyDraft[] {
  const words = name.split(' ');
  const long = words.filter((word) => word.length >= leastPosted);
  const pairs = words.slice(1).map((word, at) => pairOf(words[at] ?? '', word));
  const implies = [...long.map(named), ...pairs.map(({ kind, value }) => ({ kind, value }))];
  return [{ kind: 'posted-name', value: name, implies }, ...pairs, ...long.flatMap(nameKeys)];
}

function mentionedKeys({ mentions }: Enrichment): readonly KeyDraft[] {
  return mentions.flatMap(({ kind, value }) => {
    if (kind === 'name') return nameKeys(value);
    if (kind !== 'name-pair') return [];
    const [first = '', second = ''] = value.split(' ');
    return [pairOf(first, second)];
  });
}

/** Two signals name the same person, firm, ship or place in their text or among their observables: exactly, inflected, or in another script. */
export const names: SharedValueKind = {
  nouns: {
    'posted-name': 'the organisation, person or vessel',
    'name-pair': 'the two-word name',
    name: 'the name',
    'name-stem': 'names that begin with',
    'name-skeleton': 'names with the consonants',
  },
  description: 'The same proper name in both reports, whatever its ending or script.',
  keysOf: ({ enrichment }) => [...enrichment.named.flatMap(postedKeys), ...mentionedKeys(enrichment)],
};
