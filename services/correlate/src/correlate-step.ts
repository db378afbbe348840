import type { Correlator } from '@samenhang/correlation';
import type { Audience, JsonValue } from '@samenhang/domain';
import { type CorrelationInputMessage, type IncidentChanged, isCorrelationInput, isIncidentChanged, topics } from '@samenhang/events';
import type { DeliveredRecord, EventLog } from '@samenhang/ports';
import { type BatchEnd, kept, type Outcome, type Outgoing, reject, type Step } from '@samenhang/runtime';
import { AudienceCorrelation, type PlacedInput } from './audience-correlation.ts';

/** What a correlator rebuilds itself from. */
type Readable = Pick<EventLog, 'ends' | 'read'>;

interface CorrelateOptions {
  /** The audience of partition i is the i-th. */
  readonly audiences: readonly Audience[];
  readonly log: Readable;
  readonly createCorrelator: () => Correlator;
}

/** Offsets that are applied at once. */
type Batch = IncidentChanged['batch'];

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
      const correlation = new AudienceCorrelation(audience.id, createCorrelator());
      const rebuilt = await rebuild({ log, partition: number, nextOffset, correlation });
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

interface Rebuilding {
  readonly log: Readable;
  readonly partition: number;
  /** Where the group's commit stands. */
  readonly nextOffset: number;
  readonly correlation: AudienceCorrelation;
}

/**
 * Takes in what was committed. A batch that was sent, whole or in part, and not committed is applied once more exactly as it was cut, and what it
 * changes is to be sent again: cut otherwise, a link that came and went would never be told to have gone.
 */
async function rebuild({ log, partition, nextOffset, correlation }: Rebuilding): Promise<Pick<Partition, 'from' | 'unsent'>> {
  const sent = await lastBatch(log, partition);
  const again = sent !== undefined && sent.through > nextOffset ? sent : undefined;
  await takeIn(log, partition, { from: 0, through: again?.from ?? nextOffset }, (inputs) => correlation.absorb(inputs));
  if (again === undefined) return { from: nextOffset, unsent: [] };
  const inputs: PlacedInput[] = [];
  await takeIn(log, partition, again, (some) => inputs.push(...some));
  return { from: again.through, unsent: correlation.apply(inputs) };
}

/** The batch of the newest change that was sent for a partition. */
async function lastBatch(log: Readable, partition: number): Promise<Batch | undefined> {
  const topic = topics.incidentsChanged.name;
  const end = (await log.ends(topic))[partition] ?? 0;
  let batch: Batch | undefined;
  for await (const records of log.read({ topic, partition, offset: Math.max(0, end - 1) })) {
    for (const { value } of records) if (isIncidentChanged(value)) batch = value.batch;
  }
  return batch;
}

async function takeIn(
  log: Readable,
  partition: number,
  { from, through }: Batch,
  take: (inputs: readonly PlacedInput[]) => void,
): Promise<void> {
  if (from >= through) return;
  for await (const records of log.read({ topic: topics.correlationInputs.name, partition, offset: from })) {
    take(records.filter(({ offset }) => offset < through).flatMap(toPlacedInput));
    if ((records.at(-1)?.offset ?? through) >= through - 1) return;
  }
}

function toPlacedInput({ offset, value }: DeliveredRecord): readonly PlacedInput[] {
  return isCorrelationInput(value) ? [{ position: offset, message: value }] : [];
}
