import { openEmbeddedEventLog, openEmbeddedViewStore } from '@samenhang/adapter-embedded';
import type { Signal } from '@samenhang/domain';
import { enrichSignal } from '@samenhang/enrichment';
import type { LogRecord, SignalView } from '@samenhang/ports';
import { aSignal } from '@samenhang/testing';
import { type BenchRow, compared } from './bench-row.ts';
import { benchSignals } from './bench-signals.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const signalsOf = (size: number): readonly Signal[] => [...benchSignals(size)].map(aSignal);

const chunks = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));

async function microseconds(count: number, work: () => Promise<void> | void): Promise<number> {
  const began = performance.now();
  await work();
  return ((performance.now() - began) * 1_000) / count;
}

/** The embedded log and store alone: append, read back, save views. */
export async function benchAdapters(size: number): Promise<readonly BenchRow[]> {
  using directory = temporaryDirectory();
  const signals = signalsOf(size);
  await using log = await openEmbeddedEventLog({ directory: directory.path });
  await using store = await openEmbeddedViewStore({ directory: directory.path });
  await log.ensureTopics([{ name: 'bench', partitions: 1 }]);
  const records: readonly LogRecord[] = signals.map((signal) => ({ key: signal.id, value: signal }));
  const batched = await microseconds(size, async () => {
    for (const batch of chunks(records, 500)) await log.append('bench', batch);
  });
  const few = records.slice(0, Math.min(200, size));
  const alone = await microseconds(few.length, async () => {
    for (const record of few) await log.append('bench', [record]);
  });
  const read = await microseconds(size, async () => {
    for await (const batch of log.read({ topic: 'bench', partition: 0, offset: 0 }))
      for (const { value } of batch) if (value === undefined) throw new Error('lost');
  });
  const saved = await microseconds(size, async () => {
    for (const [at, batch] of chunks(signals, 500).entries())
      await store.save([
        {
          audience: 'bench',
          progress: { topic: 'bench', partition: 0, nextOffset: (at + 1) * 500 },
          signals: batch.map((signal, place) => viewOf(signal, at * 500 + place)),
        },
      ]);
  });
  const perSecond = (us: number): number => 1e6 / us;
  const unit = 'records/s';
  return [
    compared({
      name: 'log: append 500 at once',
      value: perSecond(batched),
      unit,
      baseline: perSecond(alone),
      note: 'against one at a time; every one durable',
    }),
    compared({ name: 'log: read', value: perSecond(read), unit, baseline: perSecond(batched), note: 'against appending' }),
    compared({
      name: 'store: save 500 signals at once',
      value: perSecond(saved),
      unit,
      baseline: perSecond(batched),
      note: 'against appending',
    }),
  ];
}

const viewOf = (signal: Signal, position: number): SignalView => ({
  id: signal.id,
  position,
  revision: signal.revision,
  signal,
  enrichment: enrichSignal(signal),
  observables: signal.observables,
  terms: [],
  enrichedAt: signal.receivedAt,
  queryableAt: signal.receivedAt,
});
