import {
  type Comparison,
  type CorrelationInput,
  type CorrelationState,
  compareBatch,
  correlateBatch,
  type Ruleset,
} from '@samenhang/correlation';
import type { Enrichment } from '@samenhang/domain';
import { enrichSignal } from '@samenhang/enrichment';
import type { LabelledRecord } from './labelled.ts';

const enrichments = new Map<string, Enrichment>();

/** Enrichment of a record's signal; the text decides all of it, so variants of a record share it. */
export function enrichmentOf({ signal }: LabelledRecord): Enrichment {
  const known = enrichments.get(signal.id);
  if (known !== undefined) return known;
  const found = enrichSignal(signal);
  enrichments.set(signal.id, found);
  return found;
}

const inputsOf = (records: readonly LabelledRecord[]): readonly CorrelationInput[] =>
  records.map((record, position) => ({ kind: 'signal', position, signal: record.signal, enrichment: enrichmentOf(record) }));

/** The incidents and links of the records as one stream, by the product's definition. */
export const correlateLabelled = (records: readonly LabelledRecord[], ruleset: Ruleset): CorrelationState =>
  correlateBatch(inputsOf(records), ruleset);

/** What there is to weigh in the records as one stream, before it is weighed. */
export const compareLabelled = (records: readonly LabelledRecord[], ruleset: Ruleset): Comparison =>
  compareBatch(inputsOf(records), ruleset);
