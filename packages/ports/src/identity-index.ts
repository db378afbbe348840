import type { Marking } from '@samenhang/domain';

/** A marking that a signal carried, and when the first revision with it was received. */
export interface MarkedSince {
  readonly marking: Marking;
  readonly since: string;
}

/** What ingest remembers of a signal: enough to tell a duplicate from a conflict, and whom an earlier revision was shown to. */
export interface KnownSignal {
  readonly id: string;
  readonly firstReceivedAt: string;
  /** `receivedAt` of the newest accepted revision. */
  readonly receivedAt: string;
  /** Content hash per accepted revision, oldest first. */
  readonly revisions: readonly { readonly revision: number; readonly contentHash: string }[];
  /** Every distinct marking an accepted revision carried, that of the newest revision last. */
  readonly markings: readonly MarkedSince[];
}

/** Remembers which signals were accepted. Constant cost per signal, whatever was accepted before. */
export interface IdentityIndex extends AsyncDisposable {
  /** What is known of these ids; unknown ids are absent. */
  find(ids: readonly string[]): Promise<ReadonlyMap<string, KnownSignal>>;
  /** Resolves once the entries are kept; each replaces what was known of its id. */
  save(entries: readonly KnownSignal[]): Promise<void>;
  /** The largest `receivedAt` ever saved (as text: one format, UTC, microseconds), so that a restarted ingest never stamps an earlier one; undefined at first. */
  latestReceivedAt(): Promise<string | undefined>;
}
