import { factTerm, type IncidentSummary, type LineageEntry, type Link, type Observable } from '@samenhang/domain';
import { type FacetCount, facetValuesOf } from './incident-facets.ts';
import {
  changedBy,
  type IncidentCondition,
  type IncidentQuery,
  incidentSortKey,
  type ListedIncident,
  type Membership,
  type SignalView,
  type SourceScore,
  type StoredSignal,
  takenInBy,
  type ViewWrite,
} from './view-store.ts';

interface ModelIncident {
  readonly summary: IncidentSummary | null;
  readonly lineage: readonly LineageEntry[];
}

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** What the store of one audience should answer: every guarantee in the plainest code there is, without a thought for speed. */
export function createViewModel() {
  const signals = new Map<string, SignalView>();
  const memberships = new Map<string, Membership>();
  const incidents = new Map<string, ModelIncident>();
  const changed = new Map<string, number>();
  const holders = new Map<string, Set<string>>();
  const links = new Map<string, Link>();
  const progress = new Map<string, number>();

  const stored = ({ terms: _terms, ...view }: SignalView): StoredSignal => ({ ...view, membership: memberships.get(view.id) });
  const membersOf = (incidentId: string): string[] =>
    [...memberships.values()]
      .filter((m) => m.incidentId === incidentId)
      .map((m) => m.signalId)
      .sort(byText);
  const held = (incidentId: string, term: string): boolean =>
    membersOf(incidentId).some((id) => signals.get(id)?.terms.includes(term) === true);

  function applyContent(write: ViewWrite): void {
    for (const view of write.signals ?? []) if (view.position > (signals.get(view.id)?.position ?? -1)) signals.set(view.id, view);
    const hold = (signalId: string, incidentId: string): void =>
      void holders.set(signalId, (holders.get(signalId) ?? new Set()).add(incidentId));
    for (const view of write.incidents ?? []) {
      const { id, summary, lineage } = view;
      for (const signalId of takenInBy(view)) hold(signalId, id);
      changed.set(id, Math.max(changed.get(id) ?? 0, changedBy(view)));
      const known = incidents.get(id)?.lineage ?? [];
      const entries = new Map([...lineage].reverse().map((entry) => [`${entry.position} ${entry.cause}`, entry]));
      for (const entry of known) entries.set(`${entry.position} ${entry.cause}`, entry);
      incidents.set(id, { summary, lineage: [...entries.values()].sort((a, b) => a.position - b.position || byText(a.cause, b.cause)) });
    }
    for (const membership of write.memberships ?? []) {
      const { signalId, incidentId } = membership;
      memberships.set(signalId, membership);
      if (incidentId !== null) hold(signalId, incidentId);
    }
    for (const [a, b] of write.unlinked ?? []) links.delete(`${a} ${b}`);
    for (const link of write.links ?? []) links.set(`${link.a} ${link.b}`, link);
  }

  const found = ({
    minSize,
    from,
    to,
    terms,
    status,
    severity,
    tlp,
    changedSince,
  }: Omit<IncidentCondition, 'audience'>): ListedIncident[] =>
    [...incidents.values()]
      .flatMap(({ summary }) => (summary === null ? [] : [{ ...summary, changed: changed.get(summary.id) ?? 0 }]))
      .filter((summary) => summary.size >= minSize && (status === undefined || summary.status === status))
      .filter((summary) => (severity === undefined || summary.severity === severity) && (tlp === undefined || summary.marking.tlp === tlp))
      .filter((summary) => (from === undefined || summary.lastSeen >= from) && (to === undefined || summary.firstSeen <= to))
      .filter((summary) => changedSince === undefined || summary.changed >= changedSince)
      .filter((summary) => terms.every((term) => held(summary.id, term)));

  return {
    apply(write: ViewWrite): void {
      const { topic, partition, nextOffset } = write.progress;
      if (nextOffset <= (progress.get(`${topic}/${partition}`) ?? 0)) return;
      progress.set(`${topic}/${partition}`, nextOffset);
      applyContent(write);
    },
    progress: (topic: string, partition: number): number => progress.get(`${topic}/${partition}`) ?? 0,
    findSignals: (ids: readonly string[]): StoredSignal[] => ids.flatMap((id) => signals.get(id) ?? []).map(stored),
    findByObservable: ({ type, value }: Observable, limit: number): StoredSignal[] =>
      [...signals.values()]
        .filter((view) => view.observables.some((held) => held.type === type && held.value === value))
        .sort((a, b) => byText(a.id, b.id))
        .slice(0, limit)
        .map(stored),
    findIncident: (id: string): ModelIncident | undefined => incidents.get(id),
    members: membersOf,
    links(incidentId: string): Link[] {
      const members = membersOf(incidentId);
      return [...links.values()]
        .filter(({ a, b }) => members.includes(a) || members.includes(b))
        .sort((x, y) => byText(x.a, y.a) || byText(x.b, y.b));
    },
    holders: (signalId: string): string[] => [...(holders.get(signalId) ?? [])].sort(byText),
    scoreSource(source: string): SourceScore {
      const having = (term: string) => [...signals.values()].filter(({ terms }) => terms.includes(term)).map(({ id }) => id);
      const own = having(factTerm('source', source));
      const held = own.flatMap((id) => incidents.get(memberships.get(id)?.incidentId ?? '')?.summary ?? []);
      return {
        signals: own.length,
        inIncidents: held.filter(({ size }) => size >= 2).length,
        corroborated: held.filter(({ sources }) => sources.length >= 2).length,
        retracted: having(factTerm('retracted', source)).length,
        first: own.sort(byText)[0] ?? null,
      };
    },
    listIncidents({ sort, limit, after, ...condition }: Omit<IncidentQuery, 'audience'>): ListedIncident[] {
      const order = (a: ListedIncident, b: { key: string | number; id: string }): number => {
        const key = incidentSortKey(a, sort);
        return key === b.key ? byText(a.id, b.id) : key < b.key ? 1 : -1;
      };
      return found(condition)
        .filter((summary) => after === undefined || order(summary, after) > 0)
        .sort((a, b) => order(a, { key: incidentSortKey(b, sort), id: b.id }))
        .slice(0, limit);
    },
    countFacets(condition: Omit<IncidentCondition, 'audience'>): FacetCount[] {
      const values = found(condition).flatMap(facetValuesOf);
      return [...Map.groupBy(values, ({ kind, value }) => `${kind}:${value}`).values()].flatMap(([first, ...more]) =>
        first === undefined ? [] : [{ ...first, count: more.length + 1 }],
      );
    },
  };
}
