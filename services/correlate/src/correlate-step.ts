import type { Correlator } from '@samenhang/correlation';
import type { Audience, JsonValue } from '@samenhang/domain';
import { type CorrelationInputMessage, type IncidentChanged, isCorrelationInput, topics } from '@samenhang/events';
import { AudienceCorrelation, type PlacedInput } from '@samenhang/incidents';
import type { EventLog } from '@samenhang/ports';
import { type BatchEnd, kept, type Outcome, type Outgoing, reject, type Step } from '@samenhang/runtime';
import { rebuildPartition } from './rebuild-partition.ts';

interface CorrelateOptions {
  /** The audience of partition i is the i-th. */
  readonly audiences: readonly Audience[];
  readonly log: Pick<EventLog, 'append' | 'ends' | 'read'>;
  /** An empty correlator with the ruleset of this audience. */
  readonly createCorrelator: (audience: string) => Correlator;
}

interface Partition {
  readonly audience: string;
  readonly correlation: AudienceCorrelation;
  /** Inputs below this offset were taken in when the partition was assigned. */
  readonly from: number;
  /** Inputs of the batch in hand. */
  batch: PlacedInput[];
  /** Changes that were given to be appended; given again until a later batch shows that they were. */
  unsent: readonly IncidentChanged[];
  failed: boolean;
}

/** Reads each audience's inputs in order; writes every incident that they change. One correlator per partition, rebuilt from the log when the partition is assigned. */
export function createCorrelateStep({ audiences, log, createCorrelator }: CorrelateOptions): Step<CorrelationInputMessage> {
  const partitions = new Map<number, Partition>();
  return {
    name: 'correlate',
    reads: topics.correlationInputs.name,
    accepts: (value: JsonValue | undefined): value is CorrelationInputMessage & JsonValue => isCorrelationInput(value),
    async assigned(number, nextOffset) {
      const audience = audiences[number];
      if (audience === undefined) return;
      const correlation = new AudienceCorrelation(audience.id, createCorrelator(audience.id));
      const rebuilt = await rebuildPartition({ log, partition: number, nextOffset, correlation });
      partitions.set(number, { audience: audience.id, correlation, batch: [], failed: true, ...rebuilt });
    },
    async revoked(number) {
      partitions.delete(number);
    },
    handle(message, { partition: number, offset }): Outcome {
      const partition = partitions.get(number);
      if (partition === undefined || message.audience !== partition.audience)
        return reject('message-undecodable', 'This message is not for the audience of its partition.');
      if (offset >= partition.from) partition.batch.push({ position: offset, message });
      return kept();
    },
    async finish({ partition: number }: BatchEnd): Promise<readonly Outgoing[]> {
      const partition = partitions.get(number);
      if (partition === undefined) return [];
      const changes = partition.correlation.apply(partition.batch);
      partition.unsent = partition.failed ? [...partition.unsent, ...changes] : changes;
      partition.failed = false;
      partition.batch = [];
      const records = partition.unsent.map((change) => ({ key: change.id, value: change, partition: number }));
      return records.length === 0 ? [] : [{ topic: topics.incidentsChanged.name, records }];
    },
    abandon(number) {
      const partition = partitions.get(number);
      if (partition === undefined) return;
      partition.batch = [];
      partition.failed = true;
    },
  };
}
