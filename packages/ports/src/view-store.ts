import {
  type Enrichment,
  hybridReach,
  type IncidentSummary,
  type LineageCause,
  type LineageEntry,
  type Link,
  type Observable,
  type Severity,
  type Signal,
  severities,
  type Tlp,
} from '@samenhang/domain';
import type { FacetCount } from './incident-facets.ts';

/** A signal as one audience may see it. `position` is its place in the audience's log; a lower or equal position never overwrites. */
export interface SignalView {
  readonly id: string;
  readonly position: number;
  /** The revision it shows, or the one that took it away: the single writer of the projection compares it before it saves. */
  readonly revision: number;
  /** null when it was retracted or withdrawn from the audience: its id then answers 410 for ever. */
  readonly signal: Signal | null;
  readonly enrichment: Enrichment | null;
  /** Every normalised observable, posted or found, that lookups find it by. */
  readonly observables: readonly Observable[];
  /** Words and facts (`word:harbour`, `country:NL`) by which lists find the incident this signal is in; when `signal` is null at most who retracted it (`retracted:x`). Each at most 200 characters. */
  readonly terms: readonly string[];
  readonly enrichedAt: string;
  readonly queryableAt: string;
}

/** Which incident a signal is in, and since which log position of `incidents.changed`. */
export interface Membership {
  readonly signalId: string;
  readonly incidentId: string | null;
  readonly correlatedAt: string;
}

/** One change of one incident, to be applied whole or not at all. */
export interface IncidentView {
  readonly id: string;
  /** null when the incident ended (merged into another, or lost its last member). */
  readonly summary: IncidentSummary | null;
  /** Appended to what is known; entries already there (same position and cause) are not repeated. */
  readonly lineage: readonly LineageEntry[];
}

const gaining: ReadonlySet<LineageCause> = new Set(['opened', 'joined', 'merged']);

/** Signals that an incident says in its lineage that it took in: also those that were gone from it again before anybody was told of it. */
export const takenInBy = ({ lineage }: IncidentView): readonly string[] =>
  lineage.flatMap(({ cause, signals }) => (gaining.has(cause) ? signals : []));

/** What one batch of log records writes for one audience. Applying it twice is the same as once. */
export interface ViewWrite {
  readonly audience: string;
  /** Where the batch came from and the offset after it; a write whose `nextOffset` is not beyond the stored one has no effect. */
  readonly progress: { readonly topic: string; readonly partition: number; readonly nextOffset: number };
  readonly signals?: readonly SignalView[];
  readonly incidents?: readonly IncidentView[];
  readonly memberships?: readonly Membership[];
  readonly links?: readonly Link[];
  readonly unlinked?: readonly (readonly [a: string, b: string])[];
}

export const incidentSorts = ['activity', 'lastSeen', 'firstSeen', 'size', 'severity', 'hybrid'] as const;
export type IncidentSort = (typeof incidentSorts)[number];

/** An incident as lists give it. */
export interface ListedIncident extends IncidentSummary {
  /** Position, in the audience's log, of the newest input that changed it: the largest revision and lineage position it ever had. */
  readonly changed: number;
}

/** What an incident is ordered by: the key of `IncidentQuery.after` and of the store's order. Severity counts from 0 (low) to 3 (severe). */
export function incidentSortKey(incident: ListedIncident, sort: IncidentSort): string | number {
  if (sort === 'activity') return incident.changed;
  if (sort === 'hybrid') return hybridReach(incident).score;
  return sort === 'severity' ? severityRank(incident.severity) : incident[sort];
}

/** The place of a severity in the order, 0 for the least. */
export const severityRank = (severity: Severity): number => severities.indexOf(severity);

/** The newest position that a change of an incident tells of; a store keeps the largest that any told. */
export const changedBy = ({ summary, lineage }: IncidentView): number =>
  lineage.reduce((newest, { position }) => Math.max(newest, position), summary?.revision ?? 0);

/** Which incidents are asked for; every condition narrows what the others leave. */
export interface IncidentCondition {
  readonly audience: string;
  readonly minSize: number;
  /** Only incidents whose [firstSeen, lastSeen] touches [from, to]; instants as `Date.toISOString` writes them. */
  readonly from?: string;
  readonly to?: string;
  /** Every one of these terms must be a term of at least one present member of the incident (not necessarily the same member). */
  readonly terms: readonly string[];
  readonly status?: string;
  readonly severity?: Severity;
  /** Only incidents whose marking has exactly this level. */
  readonly tlp?: Tlp;
  /** Only incidents that changed at this position or later. */
  readonly changedSince?: number;
}

export interface IncidentQuery extends IncidentCondition {
  readonly sort: IncidentSort;
  readonly limit: number;
  /** Only incidents after this place of the order. */
  readonly after?: { readonly key: string | number; readonly id: string };
}

/** A signal as it is read back; the terms that it is found by are not told. */
export interface StoredSignal extends Omit<SignalView, 'terms'> {
  readonly membership: Membership | undefined;
}

/** How the signals of one source fare. */
export interface SourceScore {
  /** Signals with the term `source:x` now. */
  readonly signals: number;
  /** Of these, in an incident of two and more. */
  readonly inIncidents: number;
  /** Of these, in an incident that names another source too. */
  readonly corroborated: number;
  /** Signals with the term `retracted:x`. */
  readonly retracted: number;
  /** The smallest id of its signals; null when there is none. */
  readonly first: string | null;
}

/** The query side: a projection of the log, rebuilt from it at any time. Lists are sorted by key descending, then id ascending. */
export interface ViewStore extends AsyncDisposable {
  /** Applies the writes in order, within one write `unlinked` before `links`; resolves once they can be read. When progress tells of a write, all of it can be read. */
  save(writes: readonly ViewWrite[]): Promise<void>;
  /** The offset after the last batch of this partition that was applied for the audience; 0 at first. */
  progress(audience: string, topic: string, partition: number): Promise<number>;
  /** The newest view of a signal, also when that says that it is gone; undefined when there never was one. */
  findSignal(audience: string, id: string): Promise<StoredSignal | undefined>;
  /** The same for many, in the order of the ids; unknown ones are left out. */
  findSignals(audience: string, ids: readonly string[]): Promise<readonly StoredSignal[]>;
  /** Signals that hold the observable now, by id ascending, the first so many. */
  findByObservable(audience: string, observable: Observable, limit: number): Promise<readonly StoredSignal[]>;
  /** An incident that ever was, with its lineage by (position, cause) ascending. */
  findIncident(
    audience: string,
    id: string,
  ): Promise<{ readonly summary: IncidentSummary | null; readonly lineage: readonly LineageEntry[] } | undefined>;
  /** Ids of the members, ascending. */
  members(audience: string, incidentId: string): Promise<readonly string[]>;
  /** Links that touch a member of the incident, ordered by (a, b). */
  links(audience: string, incidentId: string): Promise<readonly Link[]>;
  /** Ids of every incident that a membership ever put the signal in, or that says in its lineage that it took the signal in, ascending. */
  holders(audience: string, signalId: string): Promise<readonly string[]>;
  /** What became of the signals of a source; the cost grows with their number. */
  scoreSource(audience: string, source: string): Promise<SourceScore>;
  /** Incidents that have not ended, every filter of the query and-ed. */
  listIncidents(query: IncidentQuery): Promise<readonly ListedIncident[]>;
  /** How many of all the incidents that the condition finds have each value of `facetValuesOf`; values that none has are left out. In no order. */
  countFacets(condition: IncidentCondition): Promise<readonly FacetCount[]>;
  /** Rejects with the cause when the store cannot read or write now. */
  check(): Promise<void>;
}
