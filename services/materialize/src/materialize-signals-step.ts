import type { JsonValue } from '@samenhang/domain';
import { type CorrelationInputMessage, isCorrelationInput, topics } from '@samenhang/events';
import { type PlacedMessage, signalIdOf, signalWrites } from '@samenhang/incidents';
import type { StoredSignal, ViewStore } from '@samenhang/ports';
import { kept, type Step } from '@samenhang/runtime';
import { batches } from './batches.ts';

interface MaterializeSignalsOptions {
  readonly store: ViewStore;
  readonly now: () => number;
}

/** Reads each audience's inputs; keeps its signals in the store, every one in its highest revision. The only writer of signals of its partition. */
export function createMaterializeSignalsStep({ store, now }: MaterializeSignalsOptions): Step<CorrelationInputMessage> {
  const batch = batches<PlacedMessage>();
  return {
    name: 'materialize-signals',
    reads: topics.correlationInputs.name,
    accepts: (value: JsonValue | undefined): value is CorrelationInputMessage & JsonValue => isCorrelationInput(value),
    handle(message, { partition, offset, timestampMs }) {
      batch.add(partition, { message, position: offset, takenAtMs: timestampMs });
      return kept();
    },
    async finish(end) {
      const placed = batch.take(end.partition);
      const audience = placed[0]?.message.audience;
      if (audience === undefined) return [];
      const standing = await standingViews(store, audience, placed);
      const signals = signalWrites(placed, standing, new Date(now()).toISOString());
      await store.save([{ audience, progress: end, signals }]);
      return [];
    },
    abandon: (partition) => batch.forget(partition),
  };
}

async function standingViews(
  store: ViewStore,
  audience: string,
  placed: readonly PlacedMessage[],
): Promise<ReadonlyMap<string, StoredSignal>> {
  const ids = new Set(placed.flatMap(({ message }) => signalIdOf(message) ?? []));
  const found = await store.findSignals(audience, [...ids]);
  return new Map(found.map((view) => [view.id, view]));
}
