import type { JsonValue } from '@samenhang/domain';
import { type IncidentChanged, isIncidentChanged, topics } from '@samenhang/events';
import { incidentWrites, type PlacedChange } from '@samenhang/incidents';
import type { ViewStore } from '@samenhang/ports';
import { kept, type Step } from '@samenhang/runtime';
import { batches } from './batches.ts';

/** Reads each audience's changed incidents; keeps incidents, who is in which, and their links in the store. */
export function createMaterializeIncidentsStep(store: ViewStore): Step<IncidentChanged> {
  const batch = batches<PlacedChange>();
  return {
    name: 'materialize-incidents',
    reads: topics.incidentsChanged.name,
    accepts: (value: JsonValue | undefined): value is IncidentChanged & JsonValue => isIncidentChanged(value),
    handle(change, { partition, timestampMs }) {
      batch.add(partition, { change, takenAtMs: timestampMs });
      return kept();
    },
    async finish(end) {
      const placed = batch.take(end.partition);
      const audience = placed[0]?.change.audience;
      if (audience !== undefined) await store.save([{ audience, progress: end, ...incidentWrites(placed) }]);
      return [];
    },
    abandon: (partition) => batch.forget(partition),
  };
}
