import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { contentHash, parsePostedSignal, type Signal } from '@samenhang/domain';
import { loadRegister } from '@samenhang/enrich';
import { type CompiledRegister, compileRegister, enrichSignal, separateEnrichers } from '@samenhang/enrichment';
import { aSignal } from '@samenhang/testing';
import { readLabelled } from '../evaluation/labelled.ts';
import { type BenchRow, compared } from './bench-row.ts';
import { benchSignals } from './bench-signals.ts';

const words = 200;
/** What all of enrichment may cost for so many words on one core. */
const markUs = 60;
const unit = 'us/signal';
const rounds = 20;

const fileOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Processor time per item, of the fastest of so many rounds: what else the machine does counts little. */
function leastCpu<T>(items: readonly T[], times: number, work: (item: T) => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < times; round++) {
    const began = process.cpuUsage();
    for (const item of items) work(item);
    const { user, system } = process.cpuUsage(began);
    least = Math.min(least, (user + system) / items.length);
  }
  return least;
}

/** Signals of 200 words each, as many as the texts have words for. */
function ofLength(signals: readonly Signal[]): readonly Signal[] {
  const [first] = signals;
  if (first === undefined) return [];
  const all = signals.flatMap(({ title, text }) => `${title}. ${text}`.split(/\s+/));
  return Array.from({ length: Math.floor(all.length / words) }, (_, at) => ({
    ...first,
    title: all.slice(at * words, at * words + 8).join(' '),
    text: all.slice(at * words + 8, (at + 1) * words).join(' '),
  }));
}

/** The reports of the hybrid set in their 18 languages. */
function reports(): readonly Signal[] {
  const labelled = readLabelled(fileOf('../evaluation/hybrid.jsonl')).map(({ signal }) => signal);
  return [...Map.groupBy(labelled, ({ lang }) => lang).values()].flatMap(ofLength);
}

/**
 * What all of enrichment costs for 200 words with a register of interests, in processor time, next to the mark for it: reports in 18 languages with and without their language given, and texts nine
 * of ten words of which nobody wrote before; then what each enricher costs by itself.
 */
export async function benchEnrich(size: number): Promise<readonly BenchRow[]> {
  const register = (await loadRegister(fileOf('../../docs/examples/register.yaml'))) ?? compileRegister({ version: 1, entries: [] });
  const known = reports();
  const unknown = known.map(({ lang: _, ...signal }) => signal);
  const drafts = [...benchSignals(size)];
  const unseen = ofLength(drafts.map(aSignal));
  const enrich = (signal: Signal): unknown => enrichSignal(signal, { register });
  for (let run = 0; run < rounds; run++) known.map(enrich);
  const row = (name: string, value: number): BenchRow => compared({ name, value, unit, baseline: markUs, note: 'against the mark' });
  return [
    row('enrich: reports in 18 languages', leastCpu(known, rounds, enrich)),
    row('enrich: the same, language not given', leastCpu(unknown, rounds, enrich)),
    row('enrich: words never seen before', leastCpu(unseen, 1, enrich)),
    ...enricherRows(known, register),
    validationRow(drafts.map((draft) => JSON.stringify(draft))),
  ];
}

function enricherRows(signals: readonly Signal[], register: CompiledRegister): readonly BenchRow[] {
  const separate = signals.map((signal) => separateEnrichers(signal, register));
  const names = separate[0]?.map(({ name }) => name) ?? [];
  return names.map((name, at) => ({
    name: `  ${name}`,
    value: leastCpu(separate, rounds, (enrichers) => enrichers[at]?.run()),
    unit,
    note: 'by itself',
  }));
}

function validationRow(texts: readonly string[]): BenchRow {
  const value = leastCpu(texts, 1, (text) => {
    const parsed = parsePostedSignal(JSON.parse(text));
    if (parsed.kind === 'parsed') contentHash(parsed.posted);
  });
  const bytes = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  return { name: 'parse, validate, hash', value, unit, note: `${Math.round(bytes)} B each, to compare` };
}
