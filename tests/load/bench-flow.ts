import { setTimeout as sleep } from 'node:timers/promises';
import type { SignalDraft } from '@samenhang/domain';
import { z } from 'zod';
import { type BenchRow, compared } from './bench-row.ts';
import { benchSignals } from './bench-signals.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { startWhole, type WholeService } from './whole-service.ts';

const Traced = z.object({ trace: z.object({ receivedAt: z.string(), queryableAt: z.string() }) });

/** From POST to an incident that can be queried, all in one process: rate, latency at half of it, processor time and memory per signal, and the rate of a restart. */
export async function benchFlow(size: number): Promise<readonly BenchRow[]> {
  using directory = temporaryDirectory();
  const { rows, rate } = await measureLive(directory.path, size);
  const began = performance.now();
  await using restarted = await startWhole(directory.path);
  await restarted.settled();
  const restart = performance.now() - began;
  return [
    ...rows,
    { name: 'restart on these signals', value: restart, unit: 'ms', note: `${size} signals; ${Math.round(rate)} signals/s live` },
  ];
}

async function measureLive(data: string, size: number): Promise<{ readonly rows: readonly BenchRow[]; readonly rate: number }> {
  await using service = await startWhole(data);
  const { server } = service;
  for await (const _ of service.post(benchSignals(500, 9)));
  await service.settled();
  const [memory, processor] = [server.memory(), server.processorSeconds()];
  const began = performance.now();
  for await (const _ of service.post(benchSignals(size)));
  const accepted = (performance.now() - began) / 1_000;
  await service.settled();
  const seconds = (performance.now() - began) / 1_000;
  const rate = size / seconds;
  const perSignal = ((server.processorSeconds() - processor) * 1e6) / size;
  const grown = (server.memory() - memory) / size;
  const { p50, p99 } = await latencies(service, Math.max(20, rate / 2), Math.min(size, 2_000));
  return {
    rate,
    rows: [
      compared({
        name: 'POST to queryable, NDJSON',
        value: rate,
        unit: 'signals/s',
        baseline: size / accepted,
        note: 'against being accepted, in the same run',
      }),
      { name: 'processor time, end to end', value: perSignal, unit: 'us/signal' },
      compared({
        name: 'latency at half the rate, p99',
        value: p99,
        unit: 'ms',
        baseline: p50,
        note: 'against the median; received to queryable',
      }),
      { name: 'memory, end to end', value: grown, unit: 'B/signal', note: 'resident, caches included' },
    ],
  };
}

async function latencies(service: WholeService, perSecond: number, count: number): Promise<{ readonly p50: number; readonly p99: number }> {
  const ids: string[] = [];
  for await (const { id } of service.post(paced(benchSignals(count, 5), perSecond), 20)) if (id !== null) ids.push(id);
  await service.settled();
  const times: number[] = [];
  for (const id of ids.filter((_, at) => at % Math.ceil(ids.length / 500) === 0)) {
    const { trace } = await service.get(`/v1/signals/${id}`, Traced);
    times.push(Date.parse(trace.queryableAt) - Date.parse(trace.receivedAt));
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

/** The signals, held back so that no more than so many come per second; the client sends what has come. */
async function* paced(signals: Iterable<SignalDraft>, perSecond: number): AsyncGenerator<SignalDraft> {
  const began = performance.now();
  let given = 0;
  for (const signal of signals) {
    const due = began + (given++ / perSecond) * 1_000;
    const early = due - performance.now();
    if (early > 5) await sleep(early);
    yield signal;
  }
}
