import type { Signal } from '@samenhang/domain';
import { type CorrelationInputMessage, isCorrelationInput, topics } from '@samenhang/events';
import { type JsonObject, stixOfSignal } from '@samenhang/formats';
import type { EventLog } from '@samenhang/ports';
import type { CatalogueEntry } from './catalogue-entry.ts';

/** Records that are not asked for but lie between two that are: so many are read over rather than reading anew. */
const readOver = 200;

/** The STIX objects of entries, in their order, as the log holds them. */
export async function objectBodies(
  log: Pick<EventLog, 'read'>,
  partition: number,
  entries: readonly CatalogueEntry[],
): Promise<readonly JsonObject[]> {
  const offsets = new Set(entries.flatMap(({ content }) => (content.kind === 'signal' ? [content.offset] : [])));
  const signals = await signalsAt(
    log,
    partition,
    [...offsets].sort((a, b) => a - b),
  );
  return entries.map((entry) => bodyOf(entry, signals));
}

function bodyOf({ id, content, version, revoked }: CatalogueEntry, signals: ReadonlyMap<number, Signal>): JsonObject {
  const object = content.kind === 'whole' ? content.object : objectOf(id, content, signals);
  return {
    ...object,
    ...('modified' in object ? { modified: version } : {}),
    ...(revoked ? { revoked: true } : {}),
  };
}

function objectOf(
  object: string,
  { offset, signalId }: Extract<CatalogueEntry['content'], { kind: 'signal' }>,
  signals: ReadonlyMap<number, Signal>,
): JsonObject {
  const signal = signals.get(offset);
  const found = signal === undefined ? undefined : stixOfSignal({ ...signal, id: signalId }).find(({ id }) => id === object);
  if (found === undefined) throw new RangeError(`the log no longer holds ${object}`);
  return found;
}

async function signalsAt(log: Pick<EventLog, 'read'>, partition: number, offsets: readonly number[]): Promise<ReadonlyMap<number, Signal>> {
  const wanted = new Set(offsets);
  const found = new Map<number, Signal>();
  for (let at = 0; at < offsets.length; ) {
    const start = offsets[at] ?? 0;
    let end = at + 1;
    while (end < offsets.length && (offsets[end] ?? 0) - (offsets[end - 1] ?? 0) <= readOver) end++;
    await readRun(log, { partition, start, last: offsets[end - 1] ?? start }, (offset, signal) => {
      if (wanted.has(offset)) found.set(offset, signal);
    });
    at = end;
  }
  return found;
}

interface Run {
  readonly partition: number;
  readonly start: number;
  readonly last: number;
}

async function readRun(
  log: Pick<EventLog, 'read'>,
  { partition, start, last }: Run,
  take: (offset: number, signal: Signal) => void,
): Promise<void> {
  const maxBatch = Math.min(500, last - start + 1);
  for await (const records of log.read({ topic: topics.correlationInputs.name, partition, offset: start }, { maxBatch })) {
    for (const { offset, value } of records) if (isCorrelationInput(value)) takeSignal(value, offset, take);
    if ((records.at(-1)?.offset ?? last) >= last) return;
  }
}

function takeSignal(message: CorrelationInputMessage, offset: number, take: (offset: number, signal: Signal) => void): void {
  if (message.kind === 'signal') take(offset, message.signal);
}
