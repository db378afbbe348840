import { openEmbeddedEventLog } from '@samenhang/adapter-embedded';
import { createCorrelateStep } from '@samenhang/correlate';
import { createCorrelator, defaultRuleset } from '@samenhang/correlation';
import { topics } from '@samenhang/events';
import { defaultAudiences } from '@samenhang/runtime';
import { type BenchRow, compared } from './bench-row.ts';
import { benchSignals } from './bench-signals.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { startWhole } from './whole-service.ts';

/** How fast a correlator is rebuilt from the log, against how fast the same signals came in live. */
export async function benchReplay(size: number): Promise<readonly BenchRow[]> {
  using directory = temporaryDirectory();
  const live = await liveRate(directory.path, size);
  await using log = await openEmbeddedEventLog({ directory: directory.path });
  const [end = 0] = await log.ends(topics.correlationInputs.name);
  const step = createCorrelateStep({ audiences: defaultAudiences, log, createCorrelator: () => createCorrelator(defaultRuleset) });
  const began = performance.now();
  await step.assigned?.(0, end);
  const rebuilt = size / ((performance.now() - began) / 1_000);
  return [
    compared({
      name: 'replay: correlator rebuilt from the log',
      value: rebuilt,
      unit: 'signals/s',
      baseline: live,
      note: 'against live, POST to queryable',
    }),
  ];
}

async function liveRate(data: string, size: number): Promise<number> {
  await using service = await startWhole(data);
  const began = performance.now();
  for await (const _ of service.post(benchSignals(size)));
  await service.settled();
  return size / ((performance.now() - began) / 1_000);
}
