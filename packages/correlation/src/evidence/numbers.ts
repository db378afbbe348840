import type { SharedValueKind } from './evidence-kind.ts';

const significantDigits = 3;

const kindOf = (kind: 'number' | 'code', value: string): string => {
  if (kind === 'code') return 'code';
  return value.replaceAll(/\D/g, '').length < significantDigits ? 'small-number' : 'number';
};

/** Two signals give the same number, amount, time or code in their text. */
export const numbers: SharedValueKind = {
  nouns: { number: 'the number', 'small-number': 'the number', code: 'the code' },
  description: 'The same number, amount, time or code in the running text.',
  keysOf: ({ enrichment: { mentions } }) =>
    mentions.flatMap(({ kind, value }) => (kind === 'number' || kind === 'code' ? [{ kind: kindOf(kind, value), value }] : [])),
};
