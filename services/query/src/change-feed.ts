import { setTimeout as wait } from 'node:timers/promises';
import { type IncidentChanged, isIncidentChanged, topics } from '@samenhang/events';
import type { EventLog } from '@samenhang/ports';

/** A change with its place in its audience's partition of `incidents.changed`. */
export interface PlacedChange {
  readonly offset: number;
  readonly change: IncidentChanged;
}

export interface ChangeFeed {
  /** The offset after the newest change of a partition. */
  end(partition: number): Promise<number>;
  /** Changes of a partition from an offset on, in order, for as long as the signal is not aborted; waits for new ones. */
  follow(partition: number, from: number, signal: AbortSignal): AsyncIterable<readonly PlacedChange[]>;
}

const topic = topics.incidentsChanged.name;

/** Follows the changed incidents without a group, so that any number of streams read the log and none holds another back. The end of the log is looked at once per `pollMs`, whatever the number of followers. */
export function createChangeFeed(log: Pick<EventLog, 'ends' | 'read'>, pollMs = 250): ChangeFeed {
  let looked = Number.NEGATIVE_INFINITY;
  let ends: Promise<readonly number[]> = Promise.resolve([]);

  const latest = async (partition: number): Promise<number> => {
    if (performance.now() - looked >= pollMs) {
      looked = performance.now();
      ends = log.ends(topic);
    }
    return (await ends)[partition] ?? 0;
  };

  return {
    end: latest,
    async *follow(partition, from, signal) {
      for (let next = from; !signal.aborted; ) {
        if ((await latest(partition)) <= next) {
          await wait(pollMs, undefined, { signal }).catch(() => undefined);
          continue;
        }
        for await (const records of log.read({ topic, partition, offset: next }, { maxBatch: 200 })) {
          if (signal.aborted) return;
          next = (records.at(-1)?.offset ?? next) + 1;
          yield records.flatMap(({ offset, value }) => (isIncidentChanged(value) ? [{ offset, change: value }] : []));
        }
      }
    },
  };
}
