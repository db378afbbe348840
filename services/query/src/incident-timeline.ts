import { observedSpan } from '@samenhang/domain';
import type { ListedIncident, ViewStore } from '@samenhang/ports';
import { memberOf } from './incident-document.ts';

/** What happened when: the members by when they were observed, with all three clocks of each, and what was judged, oldest first. */
export async function timelineOf(store: ViewStore, audience: string, incident: ListedIncident) {
  const found = await store.findSignals(audience, await store.members(audience, incident.id));
  const signals = found.flatMap((stored) => {
    const { signal } = stored;
    const member = memberOf(stored);
    if (signal === null || member === undefined) return [];
    const { startMs, endMs, fidelity } = observedSpan(signal.observedAt);
    const span = { start: new Date(startMs).toISOString(), end: new Date(endMs).toISOString(), fidelity };
    return [{ ...member, ...span, reportedAt: signal.reportedAt ?? null, receivedAt: signal.receivedAt }];
  });
  return {
    id: incident.id,
    firstSeen: incident.firstSeen,
    lastSeen: incident.lastSeen,
    signals: signals.sort((x, y) => compare(x.start, y.start) || compare(x.end, y.end) || compare(x.id, y.id)),
    judgements: incident.judgements,
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
