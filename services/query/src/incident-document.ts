import { type HybridReach, hybridReach, type IncidentMember, type Link } from '@samenhang/domain';
import { changedBy, type ListedIncident, type StoredSignal, type ViewStore } from '@samenhang/ports';

/** What would become of an incident without one of its members, or without everything from one of its sources. */
export interface SplitBy {
  readonly without: { readonly signal: string } | { readonly source: string };
  /** The groups that would remain, each ascending, largest first. */
  readonly groups: readonly (readonly string[])[];
}

/** A signal as lists show it; undefined when it was taken away. */
export function memberOf({ signal }: StoredSignal): IncidentMember | undefined {
  if (signal === null) return undefined;
  const { id, source, sourceType, title, observedAt } = signal;
  return { id, source, sourceType, title, observedAt };
}

/** An incident with its members (by id) and its links and possible links (by their pair), as far as they are asked for. */
export interface IncidentWith extends ListedIncident {
  readonly hybridReach: HybridReach;
  readonly members?: readonly IncidentMember[];
  readonly links?: readonly Link[];
}

/** An incident of the store as lists would give it; undefined when it ended or never was. */
export async function findListed(store: ViewStore, audience: string, id: string): Promise<ListedIncident | undefined> {
  const known = await store.findIncident(audience, id);
  if (!known?.summary) return undefined;
  return { ...known.summary, changed: changedBy({ id, summary: known.summary, lineage: known.lineage }) };
}

interface Include {
  readonly members: boolean;
  readonly links: boolean;
}

/** The incidents with what was asked for, in the order given; the signals of all of them are fetched at once. */
export async function withIncluded(
  store: ViewStore,
  audience: string,
  incidents: readonly ListedIncident[],
  include: Include,
): Promise<readonly IncidentWith[]> {
  const members = include.members ? await membersOf(store, audience, incidents) : undefined;
  const links = include.links ? await Promise.all(incidents.map(({ id }) => store.links(audience, id))) : undefined;
  return incidents.map((incident, at) => ({
    ...incident,
    hybridReach: hybridReach(incident),
    ...(members === undefined ? {} : { members: members[at] ?? [] }),
    ...(links === undefined ? {} : { links: links[at] ?? [] }),
  }));
}

async function membersOf(
  store: ViewStore,
  audience: string,
  incidents: readonly ListedIncident[],
): Promise<readonly (readonly IncidentMember[])[]> {
  const ids = await Promise.all(incidents.map(({ id, size }) => (size === 1 ? [id] : store.members(audience, id))));
  const found = await store.findSignals(audience, ids.flat());
  const byId = new Map(found.map((signal) => [signal.id, memberOf(signal)]));
  return ids.map((own) => own.flatMap((id) => byId.get(id) ?? []));
}
