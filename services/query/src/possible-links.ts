import type { Link } from '@samenhang/domain';
import type { ListedIncident, StoredSignal, ViewStore } from '@samenhang/ports';
import { memberOf } from './incident-document.ts';

/** One end of a possible link: the signal and the incident that holds it. */
export interface LinkEnd {
  readonly signal: NonNullable<ReturnType<typeof memberOf>>;
  readonly incident: { readonly id: string; readonly title: string; readonly size: number };
}

/** Two incidents that may belong together, by what, and how much would be joined: the product of their sizes times the bits. */
export interface PossibleJoin {
  readonly link: Link;
  readonly ends: readonly [LinkEnd, LinkEnd];
  readonly rank: number;
}

/** Of these links the possible ones that lead from one incident to another, what would join most first; ties by the pair. */
export async function possibleJoins(store: ViewStore, audience: string, links: readonly Link[]): Promise<readonly PossibleJoin[]> {
  const possible = new Map(links.filter(({ kind }) => kind === 'possible').map((link) => [`${link.a} ${link.b}`, link]));
  const ids = new Set([...possible.values()].flatMap(({ a, b }) => [a, b]));
  const signals = new Map((await store.findSignals(audience, [...ids])).map((signal) => [signal.id, signal]));
  const holders = [...new Set([...signals.values()].flatMap(({ membership }) => membership?.incidentId ?? []))];
  const found = await Promise.all(holders.map((id) => store.findIncident(audience, id)));
  const incidents = new Map(found.flatMap((incident) => (incident?.summary ? [[incident.summary.id, incident.summary] as const] : [])));
  return [...possible.values()].flatMap((link) => joinOf(link, signals, incidents)).sort(byRank);
}

function joinOf(
  link: Link,
  signals: ReadonlyMap<string, StoredSignal>,
  incidents: ReadonlyMap<string, Omit<ListedIncident, 'changed'>>,
): readonly PossibleJoin[] {
  const endOf = (id: string): LinkEnd | undefined => {
    const stored = signals.get(id);
    const signal = stored && memberOf(stored);
    const incident = incidents.get(stored?.membership?.incidentId ?? '');
    return signal && incident && { signal, incident: { id: incident.id, title: incident.title, size: incident.size } };
  };
  const [a, b] = [endOf(link.a), endOf(link.b)];
  if (a === undefined || b === undefined || a.incident.id === b.incident.id) return [];
  return [{ link, ends: [a, b], rank: Math.round(a.incident.size * b.incident.size * link.bits * 1000) / 1000 }];
}

const byRank = (x: PossibleJoin, y: PossibleJoin): number =>
  y.rank - x.rank || (`${x.link.a} ${x.link.b}` < `${y.link.a} ${y.link.b}` ? -1 : 1);

/** So many of the largest incidents, and of those that changed last, are looked at: a link between none of them would join little that is new. */
const lookedAt = 100;

/** The possible links that wait for a person, what would join most first. */
export async function reviewOf(store: ViewStore, audience: string): Promise<readonly PossibleJoin[]> {
  const [largest, latest] = await Promise.all([
    store.listIncidents({ audience, minSize: 2, sort: 'size', limit: lookedAt, terms: [] }),
    store.listIncidents({ audience, minSize: 1, sort: 'activity', limit: lookedAt, terms: [] }),
  ]);
  const ids = new Set([...largest, ...latest].map(({ id }) => id));
  const links = await Promise.all([...ids].map((id) => store.links(audience, id)));
  return possibleJoins(store, audience, links.flat());
}
