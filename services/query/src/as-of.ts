import { setImmediate as nextTurn } from 'node:timers/promises';
import { createCorrelator, type Ruleset } from '@samenhang/correlation';
import { type Audience, maySee } from '@samenhang/domain';
import { type CorrelationInputMessage, isCorrelationInput, topics } from '@samenhang/events';
import { AudienceCorrelation, incidentWrites, type PlacedMessage, signalIdOf, signalWrites } from '@samenhang/incidents';
import type { DeliveredRecord, EventLog, ViewStore } from '@samenhang/ports';
import { ServiceError } from '@samenhang/runtime';

export interface AsOfSettings {
  readonly log: Pick<EventLog, 'ends' | 'read'>;
  readonly rulesetOf: (audience: string) => Ruleset;
  /** An empty store that is removed when it is disposed of. */
  readonly openScratch: () => Promise<ViewStore>;
  /** A longer log is not run again for a reader. */
  readonly mostInputs?: number;
}

/** What is asked for: the audience, its partition, and the position of the last input that counts. */
export interface Moment {
  readonly audience: Audience;
  readonly partition: number;
  readonly position: number;
}

export interface AsOf {
  /** Lets `use` read the views of an audience as they were; what it may not see today is left out. Stops when the signal is aborted. */
  reading<T>(moment: Moment, signal: AbortSignal, use: (store: ViewStore) => Promise<T>): Promise<T>;
}

const topic = topics.correlationInputs.name;
const perTurn = 100;

/** Runs the prefix of an audience's log again, through a correlator of its own, with the ruleset of today; one at a time for each audience, so that readers of the past do not hold up those of the present. */
export function createAsOf({ log, rulesetOf, openScratch, mostInputs = 200_000 }: AsOfSettings): AsOf {
  const running = new Set<string>();

  async function replay({ audience, partition, position }: Moment, signal: AbortSignal, store: ViewStore): Promise<void> {
    const hidden = await withdrawnSince(log, { partition, offset: position + 1 }, signal);
    const correlation = new AudienceCorrelation(audience.id, createCorrelator(rulesetOf(audience.id)));
    for await (const records of log.read({ topic, partition, offset: 0 }, { maxBatch: perTurn })) {
      signal.throwIfAborted();
      const counted = records.filter(({ offset }) => offset <= position);
      const placed = counted.flatMap(placedOf).filter(({ message }) => isSeen(message, audience, hidden));
      await keep(store, { audience: audience.id, placed, correlation });
      if (counted.length < records.length) return;
      await nextTurn();
    }
  }

  return {
    async reading(moment, signal, use) {
      const end = (await log.ends(topic))[moment.partition] ?? 0;
      if (end > mostInputs)
        throw new ServiceError(
          'request-invalid',
          `The log of this audience holds more than ${mostInputs} inputs: too many to run again for one answer.`,
        );
      const { id } = moment.audience;
      if (running.has(id))
        throw new ServiceError('pipeline-behind', 'Another moment of the past is being worked out here.', { retryAfterSeconds: 5 });
      running.add(id);
      try {
        await using store = await openScratch();
        await replay(moment, signal, store);
        return await use(store);
      } finally {
        running.delete(id);
      }
    },
  };
}

const placedOf = ({ offset, value, timestampMs }: DeliveredRecord): readonly PlacedMessage[] =>
  isCorrelationInput(value) ? [{ message: value, position: offset, takenAtMs: timestampMs }] : [];

/** What was taken from the audience after a moment, and not given back: rights are those of today, also over the past. */
async function withdrawnSince(
  log: AsOfSettings['log'],
  { partition, offset }: { readonly partition: number; readonly offset: number },
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const withdrawn = new Set<string>();
  for await (const records of log.read({ topic, partition, offset }, { maxBatch: perTurn })) {
    signal.throwIfAborted();
    for (const { message } of records.flatMap(placedOf)) {
      if (message.kind === 'withdrawal') withdrawn.add(message.id);
      if (message.kind === 'signal') withdrawn.delete(message.signal.id);
    }
    await nextTurn();
  }
  return withdrawn;
}

function isSeen(message: CorrelationInputMessage, audience: Audience, hidden: ReadonlySet<string>): boolean {
  if (message.kind === 'withdrawal') return true;
  if (message.kind === 'signal') return !hidden.has(message.signal.id) && maySee(audience, message.signal.marking);
  const { judgement } = message;
  const about = 'about' in judgement ? [judgement.about] : [judgement.a, judgement.b];
  return maySee(audience, judgement.marking) && !about.some((id) => hidden.has(id));
}

interface Batch {
  readonly audience: string;
  readonly placed: readonly PlacedMessage[];
  readonly correlation: AudienceCorrelation;
}

/** Writes what the batch makes of signals and incidents, as it was written when the batch came. */
async function keep(store: ViewStore, { audience, placed, correlation }: Batch): Promise<void> {
  const last = placed.at(-1);
  if (last === undefined) return;
  const ids = [...new Set(placed.flatMap(({ message }) => signalIdOf(message) ?? []))];
  const standing = new Map((await store.findSignals(audience, ids)).map((view) => [view.id, view]));
  const signals = signalWrites(placed, standing, new Date(last.takenAtMs).toISOString());
  const changes = correlation.apply(placed).map((change) => ({ change, takenAtMs: last.takenAtMs }));
  const progress = { topic, partition: 0, nextOffset: last.position + 1 };
  await store.save([{ audience, progress, signals, ...incidentWrites(changes) }]);
}
