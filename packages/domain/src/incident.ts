import type { IncidentJudgement } from './judgement.ts';
import type { Marking } from './marking.ts';
import type { ObservedAt } from './observed-time.ts';
import type { Place, SourceType, Technique } from './signal.ts';

/** One shared or disagreeing thing between two signals, with its weight in bits (log2 likelihood ratio, three decimals) and what it says in words. */
export interface Evidence {
  readonly kind: string;
  readonly value?: string;
  readonly bits: number;
  readonly says: string;
}

/** Two signals that belong together (`link`) or may do so (`possible`); `a < b`; the bits of the evidence sum exactly to `bits`. */
export interface Link {
  readonly a: string;
  readonly b: string;
  readonly kind: 'link' | 'possible';
  readonly bits: number;
  readonly evidence: readonly Evidence[];
}

/** A member of an incident as lists show it. */
export interface IncidentMember {
  readonly id: string;
  readonly source: string;
  readonly sourceType: SourceType;
  readonly title: string;
  readonly observedAt: ObservedAt;
}

export const incidentStatuses = ['new', 'in_progress', 'on_hold', 'resolved', 'closed'] as const;
export type IncidentStatus = (typeof incidentStatuses)[number];

export const severities = ['low', 'moderate', 'high', 'severe'] as const;
/** How bad an incident is for those it touches, from least to most. */
export type Severity = (typeof severities)[number];

export type LineageCause = 'opened' | 'joined' | 'left' | 'merged' | 'split' | 'closed';

/** One step in the life of an incident: what happened, to which signals or incidents, at which position of the audience's log. */
export interface LineageEntry {
  readonly cause: LineageCause;
  readonly signals: readonly string[];
  /** The other incidents that took part: merged into this one, or split off from it. */
  readonly incidents: readonly string[];
  readonly position: number;
}

/** Signals held together by links; `id` is the id of its anchor, the member with the smallest (receivedAt, id). A pure function of its members, links and judgements. */
export interface IncidentSummary {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly size: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** Posted with its members, and found in their texts. */
  readonly themes: readonly string[];
  /** Domains of hybrid threats (JRC and Hybrid CoE) that the texts of its members speak of. */
  readonly domains: readonly string[];
  readonly sectors: readonly string[];
  readonly places: readonly Place[];
  readonly techniques: readonly Technique[];
  readonly sourceTypes: readonly SourceType[];
  readonly sources: readonly string[];
  readonly marking: Marking;
  /** As judged last; new until then. */
  readonly status: IncidentStatus;
  /** As judged last; as computed until then. */
  readonly severity: Severity;
  /** What analysts decided about the incident and did not revoke, by (at, id). */
  readonly judgements: readonly IncidentJudgement[];
  /** Position, in the audience's log, of the newest input this incident holds. */
  readonly revision: number;
  readonly rulesetVersion: string;
}
