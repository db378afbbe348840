import { canonicalJson, type Marking } from '@samenhang/domain';
import type { KnownSignal, MarkedSince } from '@samenhang/ports';

/** What a posted signal claims to be. */
export interface Claim {
  readonly id: string;
  readonly revision: number;
  readonly contentHash: string;
  readonly marking: Marking;
}

/** What is to become of a posted signal. */
export type Decision =
  | { readonly kind: 'accepted'; readonly earlierMarkings: readonly MarkedSince[] }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'conflict'; readonly knownHash: string }
  | { readonly kind: 'outdated'; readonly newest: number };

/**
 * Decides from what is known of the id: a revision above all known ones is accepted; a known one is a duplicate when its content is the
 * same and a conflict when not; one below the newest that was never seen is outdated.
 */
export function decideSignal(claim: Claim, known: KnownSignal | undefined): Decision {
  if (known === undefined) return { kind: 'accepted', earlierMarkings: [] };
  const same = known.revisions.find(({ revision }) => revision === claim.revision);
  if (same !== undefined)
    return same.contentHash === claim.contentHash ? { kind: 'duplicate' } : { kind: 'conflict', knownHash: same.contentHash };
  const newest = Math.max(...known.revisions.map(({ revision }) => revision));
  return claim.revision > newest ? { kind: 'accepted', earlierMarkings: known.markings } : { kind: 'outdated', newest };
}

/** The markings with this one as the newest; one that was carried before keeps the instant of its first time. */
const withMarking = (markings: readonly MarkedSince[], marking: Marking, since: string): readonly MarkedSince[] => {
  const text = canonicalJson(marking);
  const before = markings.find((known) => canonicalJson(known.marking) === text);
  return [...markings.filter((known) => known !== before), before ?? { marking, since }];
};

/** What is known of a signal once this revision of it was accepted; adding a known revision again changes nothing. */
export function withRevision(known: KnownSignal | undefined, claim: Claim, receivedAt: string): KnownSignal {
  const { id, revision, contentHash, marking } = claim;
  if (known === undefined)
    return {
      id,
      firstReceivedAt: receivedAt,
      receivedAt,
      revisions: [{ revision, contentHash }],
      markings: [{ marking, since: receivedAt }],
    };
  if (known.revisions.some((seen) => seen.revision === revision)) return known;
  return {
    ...known,
    receivedAt,
    revisions: [...known.revisions, { revision, contentHash }],
    markings: withMarking(known.markings, marking, receivedAt),
  };
}
