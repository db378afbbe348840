import type { SignalDraft } from '@samenhang/domain';
import { heavyTailed, randomNumbers, syntheticWord } from '@samenhang/testing';

/** What most reports say is said by few others: nine words in ten come from a wide vocabulary, one from the few that all use. */
const vocabulary = 20_000_000;

const anyWord = (next: () => number): string => {
  const rank = next() < 0.1 ? Math.floor(vocabulary ** next()) : Math.floor(vocabulary * next());
  return syntheticWord(rank);
};

/** Signals as adapters post them, about 1.25 kB each as JSON: most observables never seen before, a few held by thousands. The same for the same size. */
export function* benchSignals(size: number, seed = 1): Generator<SignalDraft> {
  const next = randomNumbers(seed + 1_000);
  for (const { signal } of heavyTailed({ seed, size, words: 0 })) {
    const { source, externalId, sourceType, observedAt, observables, marking } = signal;
    const words = (count: number): string => Array.from({ length: count }, () => anyWord(next)).join(' ');
    const [title, text] = [words(8), words(60)];
    yield { source, externalId: `${seed}-${externalId}`, sourceType, title, text, observedAt, observables, marking };
  }
}
