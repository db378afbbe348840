import { createHash } from 'node:crypto';
import { hybridReach, type LineageEntry, type Link, type Observable } from '@samenhang/domain';
import {
  changedBy,
  facetValuesOf,
  type IncidentView,
  type Membership,
  type SignalView,
  severityRank,
  takenInBy,
  type ViewWrite,
} from '@samenhang/ports';
import { type IncidentState, within } from './documents.ts';

/** A signal as it will stand. */
export interface PlannedSignal {
  readonly audience: string;
  readonly view: SignalView;
}

/** What a list of writes comes to: for each `_id` only its last state, with the log position that guards it. */
export interface WritePlan {
  readonly signals: ReadonlyMap<string, PlannedSignal>;
  readonly memberships: ReadonlyMap<string, { readonly audience: string; readonly position: number; readonly membership: Membership }>;
  readonly incidents: ReadonlyMap<string, { readonly audience: string; readonly state: IncidentState; readonly changed: number }>;
  readonly lineage: ReadonlyMap<string, { readonly incident: string; readonly entry: LineageEntry }>;
  readonly links: ReadonlyMap<string, { readonly position: number; readonly link: Link | null }>;
  readonly holders: ReadonlyMap<string, ReadonlySet<string>>;
  readonly neighbours: ReadonlyMap<string, ReadonlySet<string>>;
  readonly progress: ReadonlyMap<string, number>;
}

/** A short key of an observable, equal for equal type and value. */
export const observableKey = ({ type, value }: Observable): string =>
  createHash('sha256').update(`${type}\u0000${value}`).digest('base64url').slice(0, 27);

export const progressKey = (audience: string, topic: string, partition: number): string => within(audience, topic, String(partition));

const endedState = (position: number): IncidentState => ({
  position,
  open: false,
  size: 0,
  status: '',
  firstSeen: '',
  lastSeen: '',
  severity: 0,
  tlp: '',
  sources: 0,
  hybrid: 0,
  facets: [],
  json: 'null',
});

function incidentState(position: number, { summary }: IncidentView): IncidentState {
  if (summary === null) return endedState(position);
  const { size, status, firstSeen, lastSeen, severity, marking } = summary;
  return {
    position,
    open: true,
    size,
    status,
    firstSeen,
    lastSeen,
    severity: severityRank(severity),
    tlp: marking.tlp,
    sources: summary.sources.length,
    hybrid: hybridReach(summary).score,
    facets: facetValuesOf(summary).map(({ kind, value }) => `${kind}:${value}`),
    json: JSON.stringify(summary),
  };
}

/** Folds writes, in order, into what each document becomes. */
export function planWrites(writes: readonly ViewWrite[]): WritePlan {
  const signals = new Map<string, PlannedSignal>();
  const memberships = new Map<string, { audience: string; position: number; membership: Membership }>();
  const incidents = new Map<string, { audience: string; state: IncidentState; changed: number }>();
  const lineage = new Map<string, { incident: string; entry: LineageEntry }>();
  const links = new Map<string, { position: number; link: Link | null }>();
  const holders = new Map<string, Set<string>>();
  const neighbours = new Map<string, Set<string>>();
  const progress = new Map<string, number>();

  const near = (audience: string, one: string, other: string): void => {
    const key = within(audience, one);
    const known = neighbours.get(key) ?? new Set();
    neighbours.set(key, known.add(other));
  };

  const hold = (signal: string, incident: string): void => void holders.set(signal, (holders.get(signal) ?? new Set()).add(incident));

  for (const write of writes) {
    const { audience } = write;
    const position = write.progress.nextOffset;
    for (const view of write.signals ?? []) {
      const key = within(audience, view.id);
      if (view.position > (signals.get(key)?.view.position ?? -1)) signals.set(key, { audience, view });
    }
    for (const membership of write.memberships ?? []) {
      const key = within(audience, membership.signalId);
      memberships.set(key, { audience, position, membership });
      if (membership.incidentId !== null) hold(key, membership.incidentId);
    }
    for (const view of write.incidents ?? []) {
      const incident = within(audience, view.id);
      const changed = Math.max(incidents.get(incident)?.changed ?? 0, changedBy(view));
      incidents.set(incident, { audience, state: incidentState(position, view), changed });
      for (const signalId of takenInBy(view)) hold(within(audience, signalId), view.id);
      for (const entry of view.lineage) {
        const key = within(incident, String(entry.position), entry.cause);
        if (!lineage.has(key)) lineage.set(key, { incident, entry });
      }
    }
    for (const [a, b] of write.unlinked ?? []) links.set(within(audience, a, b), { position, link: null });
    for (const link of write.links ?? []) {
      links.set(within(audience, link.a, link.b), { position, link });
      near(audience, link.a, link.b);
      near(audience, link.b, link.a);
    }
    progress.set(progressKey(audience, write.progress.topic, write.progress.partition), position);
  }
  return { signals, memberships, incidents, lineage, links, holders, neighbours, progress };
}
