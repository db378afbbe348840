import type { ViewStore } from '@samenhang/ports';
import { ServiceError } from '@samenhang/runtime';

/** Every incident that ever held a signal, with what its lineage says of that: whom to tell when the signal was taken back. */
export async function recallOf(store: ViewStore, audience: string, id: string) {
  const signal = await store.findSignal(audience, id);
  if (signal === undefined) throw new ServiceError('not-found', 'There is no signal with this id.');
  const holders = await store.holders(audience, id);
  const found = await Promise.all(holders.map((holder) => store.findIncident(audience, holder)));
  const incidents = found.flatMap((incident, at) => {
    const holder = holders[at];
    if (incident === undefined || holder === undefined) return [];
    return [
      {
        id: holder,
        title: incident.summary?.title ?? null,
        holds: signal.membership?.incidentId === holder,
        lineage: incident.lineage.filter(({ signals }) => signals.includes(id)),
      },
    ];
  });
  return { id, state: signal.signal === null ? ('gone' as const) : ('live' as const), incidents };
}
