import { type IncidentChanged, isCorrelationInput, isIncidentChanged, topics } from '@samenhang/events';
import type { AudienceCorrelation, PlacedInput, Told } from '@samenhang/incidents';
import type { DeliveredRecord, EventLog } from '@samenhang/ports';

interface Rebuilding {
  readonly log: Pick<EventLog, 'append' | 'ends' | 'read'>;
  readonly partition: number;
  /** Where the group's commit stands. */
  readonly nextOffset: number;
  /** Empty. */
  readonly correlation: AudienceCorrelation;
}

/** Where a rebuilt partition goes on. */
export interface Rebuilt {
  /** Inputs below this offset are taken in. */
  readonly from: number;
  /** What was sent, perhaps in part, and not committed: to be sent again first. */
  readonly unsent: readonly IncidentChanged[];
}

/** Offsets that are applied at once. */
type Batch = IncidentChanged['batch'];

/** So many records of a new telling are appended at once. */
const toldAtOnce = 500;

/**
 * Takes in what was committed. A batch that was sent, whole or in part, and not committed is applied once more exactly as it was cut, and what it
 * changes is to be sent again: cut otherwise, a link that came and went would never be told to have gone. When the ruleset has changed since, everything
 * is told anew, with what is no more.
 */
export async function rebuildPartition({ log, partition, nextOffset, correlation }: Rebuilding): Promise<Rebuilt> {
  const last = await lastChange(log, partition);
  const anew = last !== undefined && (last.rulesetVersion !== correlation.rulesetVersion || (last.remaining ?? 0) > 0);
  const again = last !== undefined && !anew && last.batch.through > nextOffset ? last.batch : undefined;
  await takeIn(log, partition, { from: 0, through: again?.from ?? nextOffset }, (inputs) => correlation.absorb(inputs));
  if (anew) await tellAnew({ log, partition, nextOffset, correlation });
  if (again === undefined) return { from: nextOffset, unsent: [] };
  const inputs: PlacedInput[] = [];
  await takeIn(log, partition, again, (some) => inputs.push(...some));
  return { from: again.through, unsent: correlation.apply(inputs) };
}

/** The newest change that was sent for a partition. */
async function lastChange(log: Rebuilding['log'], partition: number): Promise<IncidentChanged | undefined> {
  const topic = topics.incidentsChanged.name;
  const end = (await log.ends(topic))[partition] ?? 0;
  let last: IncidentChanged | undefined;
  for await (const records of log.read({ topic, partition, offset: Math.max(0, end - 1) })) {
    for (const { value } of records) if (isIncidentChanged(value)) last = value;
  }
  return last;
}

async function tellAnew({ log, partition, nextOffset, correlation }: Rebuilding): Promise<void> {
  const told = await toldSoFar(log, partition);
  const changes = correlation.everything(told, { from: 0, through: nextOffset });
  const records = changes.map((change, at) => ({
    key: change.id,
    value: { ...change, remaining: changes.length - 1 - at },
    partition,
  }));
  for (let at = 0; at < records.length; at += toldAtOnce)
    await log.append(topics.incidentsChanged.name, records.slice(at, at + toldAtOnce));
}

async function toldSoFar(log: Rebuilding['log'], partition: number): Promise<Told> {
  const incidents = new Set<string>();
  const pairs = new Map<string, readonly [string, string]>();
  const held = new Set<string>();
  for await (const records of log.read({ topic: topics.incidentsChanged.name, partition, offset: 0 })) {
    for (const { value } of records) {
      if (!isIncidentChanged(value)) continue;
      if (value.summary === null) incidents.delete(value.id);
      else incidents.add(value.id);
      for (const signal of value.joined) held.add(signal);
      for (const signal of value.left) held.delete(signal);
      for (const { a, b } of value.links) pairs.set(`${a} ${b}`, [a, b]);
      for (const [a, b] of value.unlinked) pairs.delete(`${a} ${b}`);
    }
  }
  return { incidents, pairs, held };
}

async function takeIn(
  log: Rebuilding['log'],
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
