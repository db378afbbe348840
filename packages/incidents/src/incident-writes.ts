import type { IncidentChanged } from '@samenhang/events';
import type { IncidentView, Membership, ViewWrite } from '@samenhang/ports';

/** A message of `incidents.changed` with when the log took it. */
export interface PlacedChange {
  readonly change: IncidentChanged;
  readonly takenAtMs: number;
}

/** What a batch of changes writes for one audience: every value as it is after the last change of the batch, so that writing a batch twice, or in two, is the same. */
export function incidentWrites(
  batch: readonly PlacedChange[],
): Required<Pick<ViewWrite, 'incidents' | 'memberships' | 'links' | 'unlinked'>> {
  const incidents = new Map<string, IncidentView>();
  const memberships = new Map<string, Membership>();
  const links = new Map<string, LinkWrite>();
  for (const { change, takenAtMs } of batch) {
    const { id, summary, lineage } = change;
    incidents.set(id, { id, summary, lineage: [...(incidents.get(id)?.lineage ?? []), ...lineage] });
    const correlatedAt = new Date(takenAtMs).toISOString();
    for (const signalId of change.joined) memberships.set(signalId, { signalId, incidentId: id, correlatedAt });
    for (const signalId of change.left) memberships.set(signalId, { signalId, incidentId: null, correlatedAt });
    for (const link of change.links) links.set(pairKey(link.a, link.b), { kind: 'linked', link });
    for (const pair of change.unlinked) links.set(pairKey(...pair), { kind: 'unlinked', pair });
  }
  return {
    incidents: [...incidents.values()],
    memberships: [...memberships.values()],
    links: [...links.values()].flatMap((write) => (write.kind === 'linked' ? [write.link] : [])),
    unlinked: [...links.values()].flatMap((write) => (write.kind === 'unlinked' ? [write.pair] : [])),
  };
}

type LinkWrite =
  | { readonly kind: 'linked'; readonly link: IncidentChanged['links'][number] }
  | { readonly kind: 'unlinked'; readonly pair: IncidentChanged['unlinked'][number] };

const pairKey = (a: string, b: string): string => `${a} ${b}`;
