import type { IncidentSort } from '@samenhang/ports';

/**
 * What is kept, one collection each. Every `_id` is composed so that writes and point reads name exactly `{_id}`. What newer positions replace stands in one
 * embedded document whose first field is the position: `$max` then keeps the newest in one atomic step, because BSON compares documents field by field.
 */
export interface SignalBody {
  readonly _id: string;
  readonly view: { readonly position: number; readonly json: string };
}

/** By what a signal is found; apart from its body so that the index and a scan stay small. */
export interface SignalLookup {
  readonly _id: string;
  readonly audience: string;
  readonly found: { readonly position: number; readonly observables: readonly string[]; readonly terms: readonly string[] };
}

export interface MembershipDocument {
  readonly _id: string;
  readonly audience: string;
  readonly held: { readonly position: number; readonly incident: string | null; readonly correlatedAt: string };
}

/** Every incident that a membership ever put a signal in. */
export interface HoldersDocument {
  readonly _id: string;
  readonly incidents: readonly string[];
}

export interface IncidentDocument {
  readonly _id: string;
  readonly audience: string;
  readonly state: IncidentState;
  /** Position of the newest input that changed it; apart from the state, as it only ever rises. */
  readonly changed: number;
}

export interface IncidentState {
  readonly position: number;
  readonly open: boolean;
  readonly size: number;
  readonly status: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly severity: number;
  readonly tlp: string;
  /** How many different sources its members have. */
  readonly sources: number;
  readonly hybrid: number;
  /** `kind:value` of all that it is counted by. */
  readonly facets: readonly string[];
  /** The summary, or the JSON text `null` of an incident that ended. */
  readonly json: string;
}

/** Where what each order goes by is kept. */
export const sortFields = {
  activity: 'changed',
  lastSeen: 'state.lastSeen',
  firstSeen: 'state.firstSeen',
  size: 'state.size',
  severity: 'state.severity',
  hybrid: 'state.hybrid',
} as const satisfies Record<IncidentSort, string>;

export interface LineageDocument {
  readonly _id: string;
  readonly incident: string;
  readonly position: number;
  readonly json: string;
}

export interface LinkDocument {
  readonly _id: string;
  /** The link, or the JSON text `null` once the two are no longer linked. */
  readonly state: { readonly position: number; readonly json: string };
}

/** The signals that a signal ever had a link with: from them the `_id`s of its links are known. */
export interface NeighbourDocument {
  readonly _id: string;
  readonly near: readonly string[];
}

export interface ProgressDocument {
  readonly _id: string;
  readonly next: number;
}

export interface KnownSignalDocument {
  readonly _id: string;
  readonly json: string;
}

export interface ClockDocument {
  readonly _id: string;
  readonly latest: string;
}

/** An `_id` within an audience; audiences and ids hold no `|`. */
export const within = (audience: string, ...parts: readonly string[]): string => [audience, ...parts].join('|');

/** The last part of an `_id` made by `within(audience, id)`. */
export const idIn = (audience: string, key: string): string => key.slice(audience.length + 1);
