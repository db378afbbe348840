import type { Enrichment, Judgement, LineageEntry, Link, Signal } from '@samenhang/domain';

/** One thing a correlator is told. `position` rises along the audience's log; deliveries may repeat and come in any order. */
export type CorrelationInput =
  | { readonly kind: 'signal'; readonly position: number; readonly signal: Signal; readonly enrichment: Enrichment }
  | { readonly kind: 'withdrawal'; readonly position: number; readonly id: string; readonly revision: number }
  | { readonly kind: 'judgement'; readonly position: number; readonly judgement: Judgement };

/** How one incident differs from before the inputs were applied. */
export interface IncidentChange {
  readonly id: string;
  /** Members after the change; empty when the incident ended. */
  readonly members: readonly string[];
  /** Signals that are in this incident now and were not before. */
  readonly joined: readonly string[];
  /** Signals that were in this incident and are in none now (retracted or withdrawn). */
  readonly removed: readonly string[];
  readonly lineage: readonly LineageEntry[];
}

/** Everything that differs after some inputs: applying it to a picture of the state before gives the state after. Sorted by id, so equal states give equal change sets. */
export interface ChangeSet {
  readonly incidents: readonly IncidentChange[];
  /** Links that are new or whose evidence or kind changed. */
  readonly links: readonly Link[];
  readonly unlinked: readonly (readonly [a: string, b: string])[];
}

/** What would become of an incident without one of its members, or without all signals of one source. */
export interface Counterfactual {
  readonly without: { readonly signal: string } | { readonly source: string };
  /** The groups that would remain, each ascending, largest first; one group when nothing falls apart. */
  readonly groups: readonly (readonly string[])[];
}

/** How much was done since a correlator was made: the same for the same inputs in the same batches on any machine. */
export interface CorrelationWork {
  /** Holders of a shared value that were looked at for a new signal. */
  readonly candidatesTouched: number;
  readonly pairsScored: number;
  readonly edgesChanged: number;
  readonly membersRegrouped: number;
}

/**
 * The incidents of one audience: a pure function of the set of inputs and the ruleset (laws 1, 2, 9, 10, 11).
 * No I/O, clock or randomness. The batch oracle computes the same from scratch.
 */
export interface Correlator {
  readonly rulesetVersion: string;
  /** Applies inputs in any order and any number of times; gives what changed in all. */
  apply(inputs: readonly CorrelationInput[]): ChangeSet;
  /** Applies inputs and tells nothing: the same state as after `apply`, for less. */
  absorb(inputs: readonly CorrelationInput[]): void;
  /** The incident that holds this signal; undefined for an unknown, retracted or withdrawn one. */
  incidentOf(signalId: string): string | undefined;
  /** Members of an incident, ascending; empty when there is none of that id. */
  members(incidentId: string): readonly string[];
  /** The largest position among the inputs an incident holds: its members' and the judgements between them; undefined when there is none of that id. */
  revision(incidentId: string): number | undefined;
  /** Every incident with its members and every link and possible link, in canonical order: for tests and rebuilds, not for the hot path. */
  state(): { readonly incidents: ReadonlyMap<string, readonly string[]>; readonly links: readonly Link[] };
  /** The ledger between two live signals, linked or not; undefined when one is unknown. */
  explain(a: string, b: string): Link | undefined;
  counterfactuals(incidentId: string): readonly Counterfactual[];
  work(): CorrelationWork;
  /** Bytes held in flat arrays: all but what is there once per story, incident of two or more, and judgement. */
  heldBytes(): number;
  /** Bytes from which `restore` gives an equal correlator. */
  snapshot(): Uint8Array;
}
