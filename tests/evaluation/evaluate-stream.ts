import type { CorrelationState, Ruleset } from '@samenhang/correlation';
import { correlateLabelled } from './correlate-labelled.ts';
import type { LabelledRecord } from './labelled.ts';
import { type Grouping, type ReliabilityBin, reliabilityOf, scoreGrouping } from './metrics.ts';
import { groupNaively, type NaiveMethod, naiveMethods } from './naive.ts';

/** How well one method groups one stream. */
export interface Scores extends Grouping {
  /** Pairs shown to a person as possible, per 100 signals. */
  readonly reviewPer100: number;
  readonly seconds: number;
}

/** One row of an evaluation: the engine beside what anybody would try first, on the same stream in the same run. */
export interface EvaluationRow {
  readonly name: string;
  readonly signals: number;
  readonly engine: Scores;
  readonly naive: Readonly<Record<NaiveMethod, Scores>>;
  /** Scores of pairs against the truth. */
  readonly reliability: readonly ReliabilityBin[];
}

const timed = <T>(work: () => T): { readonly result: T; readonly seconds: number } => {
  const began = performance.now();
  const result = work();
  return { result, seconds: Math.round(performance.now() - began) / 1000 };
};

function labelsOf(records: readonly LabelledRecord[], { incidents }: CorrelationState): readonly string[] {
  const incidentOf = new Map(
    [...incidents].flatMap(([incident, members]) => members.map((member): [string, string] => [member, incident])),
  );
  return records.map(({ signal }) => incidentOf.get(signal.id) ?? signal.id);
}

function reliability(records: readonly LabelledRecord[], { links }: CorrelationState): readonly ReliabilityBin[] {
  const truth = new Map(records.map(({ signal, truth: label }) => [signal.id, label]));
  return reliabilityOf(links.map(({ a, b, bits }) => ({ bits, right: (truth.get(a) ?? '') !== '' && truth.get(a) === truth.get(b) })));
}

function naively(records: readonly LabelledRecord[], truth: readonly string[], method: NaiveMethod): Scores {
  const { result, seconds } = timed(() => groupNaively(records, method));
  return { ...scoreGrouping(result, truth), reviewPer100: 0, seconds };
}

/** Correlates a stream with the product's code and with the naive methods, and scores them all. */
export function evaluateStream(name: string, records: readonly LabelledRecord[], ruleset: Ruleset): EvaluationRow {
  const truth = records.map((record) => record.truth);
  const { result: state, seconds } = timed(() => correlateLabelled(records, ruleset));
  const possible = state.links.filter(({ kind }) => kind === 'possible').length;
  const [exact, indicators, alone] = naiveMethods.map((method) => naively(records, truth, method));
  if (exact === undefined || indicators === undefined || alone === undefined) throw new RangeError('a naive method is missing');
  return {
    name,
    signals: records.length,
    engine: { ...scoreGrouping(labelsOf(records, state), truth), reviewPer100: (possible / Math.max(1, records.length)) * 100, seconds },
    naive: { exact, indicators, alone },
    reliability: reliability(records, state),
  };
}
