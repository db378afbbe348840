import type { SharedKey } from './evidence-kind.ts';

const leastWords = 3;
/** Bits a word has when nothing else is known of it, squared; and what keeps thin texts from looking alike by chance. */
const wordBitsSquared = 49;
const smoothing = 400;

/** The part of what two texts say that they say in the same words, rare words counting for more; undefined when one hardly says anything. Between 0 and 1. */
export function textCosine(wordsOfA: number, wordsOfB: number, shared: readonly SharedKey[]): number | undefined {
  let squares = 0;
  for (const { kind, eighths } of shared) if (kind === 'word') squares += eighths * eighths;
  return cosineOf(wordsOfA, wordsOfB, squares);
}

/** The same from the squared eighths of the shared words, added up. */
export function cosineOf(wordsOfA: number, wordsOfB: number, squares: number): number | undefined {
  if (wordsOfA < leastWords || wordsOfB < leastWords) return undefined;
  return (wordBitsSquared * squares) / 64 / (wordBitsSquared * Math.sqrt(wordsOfA * wordsOfB) + smoothing);
}
