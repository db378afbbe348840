import { type CorrelationInput, type Correlator, createCorrelator, defaultRuleset } from '@samenhang/correlation';
import { type HeavyTailedOptions, heavyTailed } from '@samenhang/testing';
import { type BenchRow, compared } from './bench-row.ts';

const batchSize = 200;

interface Run {
  readonly correlator: Correlator;
  /** Processor time of each batch per signal, ascending, in microseconds. */
  readonly times: readonly number[];
  readonly longestMs: number;
}

/** Processor microseconds of this thread: on a busy machine the clock on the wall says more of the neighbours. */
function spentMicros(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

function run(inputs: Iterable<CorrelationInput>): Run {
  const correlator = createCorrelator(defaultRuleset);
  const times: number[] = [];
  let batch: CorrelationInput[] = [];
  const take = (): void => {
    const began = spentMicros();
    correlator.apply(batch);
    times.push((spentMicros() - began) / batch.length);
    batch = [];
  };
  for (const input of inputs) if (batch.push(input) === batchSize) take();
  if (batch.length > 0) take();
  times.sort((a, b) => a - b);
  return { correlator, times, longestMs: ((times.at(-1) ?? 0) * batchSize) / 1000 };
}

const mean = ({ times }: Run): number => times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length);
const quantile = ({ times }: Run, part: number): number => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;

function stream(name: string, options: HeavyTailedOptions): readonly BenchRow[] {
  const measured = run(heavyTailed(options));
  const { candidatesTouched, pairsScored, edgesChanged, membersRegrouped } = measured.correlator.work();
  const each = (count: number): string => (count / options.size).toFixed(2);
  return [
    {
      name: `${name}: median`,
      value: quantile(measured, 0.5),
      unit: 'us/signal',
      note: `mean ${mean(measured).toFixed(0)}, p99 ${quantile(measured, 0.99).toFixed(0)}, longest batch of ${batchSize} ${measured.longestMs.toFixed(0)} ms`,
    },
    { name: `${name}: flat arrays`, value: measured.correlator.heldBytes() / options.size, unit: 'B/signal' },
    {
      name: `${name}: pairs scored`,
      value: pairsScored / options.size,
      unit: 'per signal',
      note: `candidates ${each(candidatesTouched)}, edges changed ${each(edgesChanged)}, members regrouped ${each(membersRegrouped)}`,
    },
  ];
}

/** The same stream with one more observable in every signal of the adversary's choosing. */
function* bent(options: HeavyTailedOptions, addedValue: (position: number) => string): Generator<CorrelationInput> {
  for (const input of heavyTailed(options)) {
    const observables = [...input.signal.observables, { type: 'sha256', value: addedValue(input.position).padEnd(64, '0') }];
    yield { ...input, signal: { ...input.signal, observables } };
  }
}

function adversaries(size: number): readonly BenchRow[] {
  const options = { seed: 2, size, words: 0 };
  const baseline = mean(run(heavyTailed(options)));
  const sorted = [...heavyTailed(options)].sort((a, b) => (a.signal.id < b.signal.id ? 1 : -1));
  const cases: readonly (readonly [string, Iterable<CorrelationInput>])[] = [
    ['one value in every signal', bent(options, () => 'abcd')],
    ['ids falling', sorted],
    ['a chain through all signals', chained(options)],
  ];
  return cases.map(([name, inputs]) => compared({ name: `adversary: ${name}`, value: mean(run(inputs)), unit: 'us/signal', baseline }));
}

/** Every signal shares a value with the one before and one with the next. */
function* chained(options: HeavyTailedOptions): Generator<CorrelationInput> {
  const value = (position: number) => ({ type: 'sha256', value: position.toString(16).padEnd(64, 'f') });
  for (const input of heavyTailed(options)) {
    const observables = [...input.signal.observables, value(input.position), value(input.position + 1)];
    yield { ...input, signal: { ...input.signal, observables } };
  }
}

/** The correlator alone, profiles included: identifiers and echoes, with words of text, and against adversaries, on synthetic heavy-tailed streams. */
export async function benchCorrelate(size: number): Promise<readonly BenchRow[]> {
  return [
    ...stream('identifiers and echoes', { seed: 1, size, words: 0 }),
    ...stream('with 40 words of text', { seed: 1, size: Math.ceil(size / 4), words: 40 }),
    ...adversaries(Math.min(100_000, Math.ceil(size / 2))),
  ];
}
