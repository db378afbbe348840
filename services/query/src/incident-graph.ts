import type { Link, Observable } from '@samenhang/domain';
import type { ListedIncident, StoredSignal, ViewStore } from '@samenhang/ports';

/** More members than this make a picture that nobody reads; those with the most bits in links are drawn. */
export const mostDrawn = 300;

/** A thing in the picture of an incident. */
export interface GraphNode {
  readonly id: string;
  readonly kind: 'signal' | 'outside' | 'source' | 'observable';
  readonly label: string;
  /** The incident that an outside signal is in. */
  readonly incidentId?: string;
}

/** How two nodes belong together; `weight` is 0 to 1 within its kind, for the width of a line. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'link' | 'possible' | 'reported' | 'holds';
  readonly weight: number;
  readonly label: string;
}

/** An incident as nodes and edges: its members, who reported them, the observables that two of them hold, and what may belong to it. */
export async function graphOf(store: ViewStore, audience: string, incident: ListedIncident) {
  const [ids, links] = await Promise.all([store.members(audience, incident.id), store.links(audience, incident.id)]);
  const drawn = mostLinked(ids, links);
  const own = new Set(ids);
  const shown = links.filter(({ a, b }) => (drawn.has(a) || !own.has(a)) && (drawn.has(b) || !own.has(b)));
  const outside = [...new Set(shown.flatMap(({ a, b }) => [a, b]))].filter((id) => !own.has(id)).slice(0, mostDrawn);
  const found = await store.findSignals(audience, [...drawn, ...outside]);
  const present = found.filter(({ signal }) => signal !== null);
  const members = present.filter(({ id }) => own.has(id));
  const nodes = [...present.map((stored) => signalNode(stored, own)), ...sourceNodes(members), ...observableNodes(members)];
  const known = new Set(nodes.map(({ id }) => id));
  const edges = [...shown.map(linkEdge), ...members.flatMap(reportedEdge), ...members.flatMap(holdsEdges)];
  return {
    id: incident.id,
    title: incident.title,
    members: incident.size,
    drawn: members.length,
    nodes,
    edges: edges.filter(({ from, to }) => known.has(from) && known.has(to)),
  };
}

function mostLinked(ids: readonly string[], links: readonly Link[]): ReadonlySet<string> {
  if (ids.length <= mostDrawn) return new Set(ids);
  const bits = new Map<string, number>();
  for (const link of links) for (const id of [link.a, link.b]) bits.set(id, (bits.get(id) ?? 0) + link.bits);
  const order = (id: string): number => bits.get(id) ?? 0;
  return new Set([...ids].sort((x, y) => order(y) - order(x) || (x < y ? -1 : 1)).slice(0, mostDrawn));
}

const observableId = ({ type, value }: Observable): string => `observable:${type}:${value}`;
const sourceId = (source: string): string => `source:${source}`;

function signalNode({ id, signal, membership }: StoredSignal, own: ReadonlySet<string>): GraphNode {
  const label = signal?.title ?? '';
  if (own.has(id)) return { id, kind: 'signal', label };
  const incidentId = membership?.incidentId ?? undefined;
  return { id, kind: 'outside', label, ...(incidentId === undefined ? {} : { incidentId }) };
}

const sourceNodes = (members: readonly StoredSignal[]): readonly GraphNode[] =>
  [...new Set(members.flatMap(({ signal }) => signal?.source ?? []))]
    .sort()
    .map((source) => ({ id: sourceId(source), kind: 'source', label: source }));

function observableNodes(members: readonly StoredSignal[]): readonly GraphNode[] {
  const holders = Map.groupBy(
    members.flatMap(({ observables }) => observables),
    observableId,
  );
  return [...holders]
    .filter(([, held]) => held.length > 1)
    .map(([id, [held]]): GraphNode => ({ id, kind: 'observable', label: held?.value ?? '' }))
    .sort((x, y) => (x.id < y.id ? -1 : 1));
}

/** Ten bits, a thousand to one, are as wide as a line gets. */
const widestBits = 10;

function linkEdge({ a, b, kind, bits, evidence }: Link): GraphEdge {
  const strongest = evidence.reduce((most, each) => (each.bits > most.bits ? each : most), { bits: Number.NEGATIVE_INFINITY, says: '' });
  return { from: a, to: b, kind, weight: Math.min(1, Math.max(0, bits / widestBits)), label: strongest.says };
}

const reportedEdge = ({ id, signal }: StoredSignal): readonly GraphEdge[] =>
  signal === null ? [] : [{ from: sourceId(signal.source), to: id, kind: 'reported', weight: 1, label: 'reported' }];

const holdsEdges = ({ id, observables }: StoredSignal): readonly GraphEdge[] =>
  observables.map((observable) => ({ from: id, to: observableId(observable), kind: 'holds', weight: 1, label: observable.type }));
