import type { IncidentSummary, LineageEntry, Link, Observable } from '@samenhang/domain';
import { type IncidentQuery, incidentSortKey, type Membership, type SignalView, type StoredSignal, type ViewWrite } from './view-store.ts';

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
  const links = new Map<string, Link>();
  const progress = new Map<string, number>();

  const stored = (view: SignalView): StoredSignal => ({ ...view, membership: memberships.get(view.id) });
  const membersOf = (incidentId: string): string[] =>
    [...memberships.values()]
      .filter((m) => m.incidentId === incidentId)
      .map((m) => m.signalId)
      .sort(byText);
  const held = (incidentId: string, term: string): boolean =>
    membersOf(incidentId).some((id) => signals.get(id)?.terms.includes(term) === true);

  function applyContent(write: ViewWrite): void {
    for (const view of write.signals ?? []) if (view.position > (signals.get(view.id)?.position ?? -1)) signals.set(view.id, view);
    for (const { id, summary, lineage } of write.incidents ?? []) {
      const known = incidents.get(id)?.lineage ?? [];
      const entries = new Map([...lineage].reverse().map((entry) => [`${entry.position} ${entry.cause}`, entry]));
      for (const entry of known) entries.set(`${entry.position} ${entry.cause}`, entry);
      incidents.set(id, { summary, lineage: [...entries.values()].sort((a, b) => a.position - b.position || byText(a.cause, b.cause)) });
    }
    for (const membership of write.memberships ?? []) memberships.set(membership.signalId, membership);
    for (const [a, b] of write.unlinked ?? []) links.delete(`${a} ${b}`);
    for (const link of write.links ?? []) links.set(`${link.a} ${link.b}`, link);
  }

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
    listIncidents({ minSize, sort, limit, after, from, to, terms, status }: Omit<IncidentQuery, 'audience'>): IncidentSummary[] {
      const order = (a: IncidentSummary, b: { key: string | number; id: string }): number => {
        const key = incidentSortKey(a, sort);
        return key === b.key ? byText(a.id, b.id) : key < b.key ? 1 : -1;
      };
      return [...incidents.values()]
        .flatMap(({ summary }) => summary ?? [])
        .filter((summary) => summary.size >= minSize && (status === undefined || summary.status === status))
        .filter((summary) => (from === undefined || summary.lastSeen >= from) && (to === undefined || summary.firstSeen <= to))
        .filter((summary) => terms.every((term) => held(summary.id, term)))
        .filter((summary) => after === undefined || order(summary, after) > 0)
        .sort((a, b) => order(a, { key: incidentSortKey(b, sort), id: b.id }))
        .slice(0, limit);
    },
  };
}
