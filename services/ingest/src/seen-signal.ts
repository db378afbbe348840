import type { Signal } from '@samenhang/domain';
import type { ViewStore } from '@samenhang/ports';
import { ServiceError } from '@samenhang/runtime';

interface SeenSignal {
  readonly signal: Signal;
  /** The incident that holds it now. */
  readonly incidentId: string | null;
}

/** A signal as an audience sees it now; throws 404, alike for one that is not there, one that is gone and one that this audience may not see. */
export async function seenSignal(id: string, audience: string, views: Pick<ViewStore, 'findSignal'>): Promise<SeenSignal> {
  const found = await views.findSignal(audience, id.toLowerCase());
  if (!found?.signal) throw new ServiceError('not-found', 'There is no signal with this id.');
  return { signal: found.signal, incidentId: found.membership?.incidentId ?? null };
}
