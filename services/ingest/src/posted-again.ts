import { contentHash, type PostedSignal, type Signal } from '@samenhang/domain';

/** What the source posted, from a signal as its readers are given it, under the same id: what ingest added is left out, and so is a reliability that is the grade of the source where it had named none. */
export function postedAgain(signal: Signal): PostedSignal {
  const { id: _id, contentHash: hash, receivedAt: _received, firstReceivedAt: _first, flags: _flags, ...posted } = signal;
  // Without an external id the id follows from the first content, which the next revision need not have.
  const named = { ...posted, externalId: posted.externalId ?? `sha256:${hash}` };
  if (contentHash(named) === hash) return named;
  const { reliability: _graded, ...ungraded } = named;
  return ungraded;
}
