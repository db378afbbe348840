import type { ListedIncident, ViewStore } from '@samenhang/ports';
import { ServiceError } from '@samenhang/runtime';
import { findListed } from './incident-document.ts';

/** The incident of this id, or the one that now holds the signal it was named for; throws 410 when that signal is no more, 404 when this audience never knew either. */
export async function resolveIncident(store: ViewStore, audience: string, id: string): Promise<ListedIncident> {
  const own = await findListed(store, audience, id);
  if (own !== undefined) return own;
  const anchor = await store.findSignal(audience, id);
  const holder = anchor?.membership?.incidentId ?? null;
  const held = holder === null ? undefined : await findListed(store, audience, holder);
  if (held !== undefined) return held;
  if (anchor !== undefined && anchor.signal === null) {
    const known = await store.findIncident(audience, id);
    throw new ServiceError('gone', goneBecause(known?.lineage.at(-1)?.incidents ?? []));
  }
  throw new ServiceError('not-found', 'There is no incident with this id.');
}

function goneBecause(incidents: readonly string[]): string {
  const successors = incidents.length === 0 ? '' : ` What it held is in ${incidents.join(', ')}.`;
  return `The signal that gave this incident its id was retracted or withdrawn.${successors}`;
}
