import type { Enrichment, Observable } from '@samenhang/domain';

/** A value two signals may share. `implies` names the more general values that follow from it: they do not count again beside it. */
export interface KeyDraft {
  readonly kind: string;
  readonly value: string;
  readonly implies?: readonly { readonly kind: string; readonly value: string }[];
}

/** What the kinds of evidence look at in a signal. */
export interface SignalFacts {
  /** Every observable that can tie it to another. */
  readonly observables: readonly Observable[];
  readonly enrichment: Enrichment;
  /** The span in which it was observed, in milliseconds since 1970. */
  readonly startMs: number;
  readonly endMs: number;
}

/** Evidence by sharing a value. The weight is the ruleset's, in bits, by how many stories hold the value. */
export interface SharedValueKind {
  /** The words a person reads before the shared value, by kind of key: `the file hash`. */
  readonly nouns: Readonly<Record<string, string>>;
  readonly description: string;
  readonly keysOf: (facts: SignalFacts) => readonly KeyDraft[];
}

/** One line of a ledger: integer millibits for or against. */
export interface LedgerLine {
  readonly kind: string;
  readonly value?: string;
  readonly millibits: number;
  readonly says: string;
}

/** A value that both signals of a pair have. `eighths` is its rarity, 8 for the rarest and 0 for a hub; a covered one follows from another shared value. */
export interface SharedKey {
  readonly kind: string;
  readonly value: string;
  readonly eighths: number;
  /** How many stories hold it, at most: 2 to the power of its level. */
  readonly stories: number;
  readonly covered: boolean;
}
