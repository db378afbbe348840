import type { Enrichment, IncidentJudgement, IncidentSummary, Judgement, LineageEntry, Link, Signal } from '@samenhang/domain';
import type { MarkedSince } from '@samenhang/ports';

/** `signals.received`: a signal that ingest accepted, with every marking its earlier revisions carried and since when, that of the revision before it last, so that enrich can take it back from who may no longer see it, and tell each audience only since when that audience could see it. */
export interface SignalReceived {
  readonly signal: Signal;
  readonly earlierMarkings: readonly MarkedSince[];
}

/** `judgements.received` */
export interface JudgementReceived {
  readonly judgement: Judgement | IncidentJudgement;
}

/** `correlation.inputs`: what one audience's correlator is told. The position is the record's offset in the audience's partition. */
export type CorrelationInputMessage =
  | { readonly kind: 'signal'; readonly audience: string; readonly signal: Signal; readonly enrichment: Enrichment }
  | { readonly kind: 'withdrawal'; readonly audience: string; readonly id: string; readonly revision: number }
  | { readonly kind: 'judgement'; readonly audience: string; readonly judgement: Judgement | IncidentJudgement };

/** `exports.recorded`: what somebody was given to take away, before it was given; ids and revisions only. */
export interface ExportRecorded {
  readonly audience: string;
  /** The name and id of the key, or of the holder of the token. */
  readonly by: string;
  readonly at: string;
  readonly how: 'stix' | 'taxii';
  readonly signals: readonly (readonly [id: string, revision: number])[];
  readonly incidents: readonly (readonly [id: string, revision: number])[];
}

/** `incidents.changed`: one incident of one audience as it is after a batch of inputs. `links` and `unlinked` are the changes only; a possible link across incidents travels with the incident of `a`. */
export interface IncidentChanged {
  readonly audience: string;
  readonly id: string;
  /** Offsets [from, through) of the audience's inputs that were applied at once: a restarted correlator applies them at once again, so that what it sends is what was sent. */
  readonly batch: { readonly from: number; readonly through: number };
  /** By which weights and thresholds it came about. */
  readonly rulesetVersion: string;
  /** Only when a new ruleset has everything told anew: how many records of that are still to come. */
  readonly remaining?: number | undefined;
  /** null when the incident ended. */
  readonly summary: IncidentSummary | null;
  readonly joined: readonly string[];
  /** Members that left and are in no incident any more (retracted); who moved is `joined` elsewhere. */
  readonly left: readonly string[];
  readonly lineage: readonly LineageEntry[];
  readonly links: readonly Link[];
  readonly unlinked: readonly (readonly [a: string, b: string])[];
}
