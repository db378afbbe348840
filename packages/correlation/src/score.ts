import type { Evidence } from '@samenhang/domain';
import { agreements, saysAgreement } from './evidence/agreement.ts';
import type { LedgerLine } from './evidence/evidence-kind.ts';
import { sharedValueKinds } from './evidence/evidence-kinds.ts';
import { saysTime } from './evidence/time-between.ts';
import { comparePair, type LevelOf, type PairFacts } from './pair-facts.ts';
import type { ComparedProfile } from './profile.ts';
import { type ClassRule, type Ruleset, toMillibits } from './ruleset.ts';

/** Why two signals do or do not belong together: the lines sum exactly to `millibits`. */
export interface Ledger {
  readonly millibits: number;
  /** What speaks for the pair besides nearness in time, shared values and similar text: what the second leg stands on. */
  readonly besidesTime: number;
  readonly lines: readonly LedgerLine[];
}

const nouns = new Map(sharedValueKinds.flatMap((kind) => Object.entries(kind.nouns)));
const mostValues = 5;

/** Millibits for values of one kind whose rarity adds up to so many eighths. */
export const sharedMillibits = (bits: number, eighths: number): number => Math.round(toMillibits(bits) * Math.log2(1 + eighths / 8));

function saysShared(kind: string, values: readonly string[], stories: number): string {
  const shown = values.slice(0, mostValues).join(', ');
  const more = values.length > mostValues ? ` and ${values.length - mostValues} more` : '';
  const rarity = stories <= 2 ? 'no other report does' : `at most ${stories} reports in all do`;
  return `both give ${nouns.get(kind) ?? 'the value'} ${shown}${more}; ${rarity}`;
}

function sharedLines({ shared, pairClass }: PairFacts, ruleset: Ruleset): readonly LedgerLine[] {
  return [...shared].flatMap(([kind, { eighths, keys }]) => {
    const rule = ruleset.shared[kind];
    const bits = (pairClass === 'report' ? rule?.reportBits : undefined) ?? rule?.bits ?? 0;
    if (bits === 0) return [];
    const values = keys.map(({ value }) => value);
    const stories = Math.min(...keys.map((key) => key.stories));
    return [
      {
        kind,
        value: values.slice(0, mostValues).join(', '),
        millibits: sharedMillibits(bits, eighths),
        says: saysShared(kind, values, stories),
      },
    ];
  });
}

function timeLine({ days }: PairFacts, { time }: ClassRule): LedgerLine {
  const bits = time.steps.find(({ withinDays }) => days <= withinDays)?.bits ?? time.beyondBits;
  return { kind: 'time', millibits: toMillibits(bits), says: saysTime(days) };
}

function textLine({ cosine }: PairFacts, { text }: ClassRule): LedgerLine {
  if (cosine === undefined)
    return { kind: 'text', millibits: toMillibits(text.noneBits), says: 'one of them has hardly any text to compare' };
  const bits = text.steps.find(({ below }) => cosine < below)?.bits ?? text.otherwiseBits;
  return { kind: 'text', millibits: toMillibits(bits), says: `${Math.round(cosine * 100)} % of what they say is in the same words` };
}

const agreementLines = (facts: PairFacts, rule: ClassRule): readonly LedgerLine[] =>
  agreements.flatMap((kind) => {
    const bits = rule.agreement[kind];
    return facts.agreements.includes(kind) && bits !== 0 ? [{ kind, millibits: toMillibits(bits), says: saysAgreement[kind] }] : [];
  });

const saysClass = {
  indicator: 'two reports that share an observable, before anything else is known',
  report: 'two long reports that share a name, number or word, before anything else is known',
  note: 'two short notes that share a name, number or word, before anything else is known',
} as const;

/** The ledger of a pair that was compared. */
export function ledgerOf(facts: PairFacts, ruleset: Ruleset): Ledger {
  const rule = ruleset.classes[facts.pairClass];
  const shared = sharedLines(facts, ruleset);
  const text = textLine(facts, rule);
  const base: LedgerLine = { kind: 'base-rate', millibits: toMillibits(rule.baseBits), says: saysClass[facts.pairClass] };
  const agreement = agreementLines(facts, rule);
  const lines = [...shared, timeLine(facts, rule), text, ...agreement, base].filter(({ millibits }) => millibits !== 0);
  const besides = [...shared, ...(facts.cosine === undefined ? [] : [text]), ...agreement];
  const besidesTime = besides.reduce((sum, { millibits }) => sum + Math.max(0, millibits), 0);
  return { millibits: lines.reduce((sum, { millibits }) => sum + millibits, 0), besidesTime, lines };
}

/** Scores a pair: a pure function of both profiles and the levels of the keys they share. Symmetric, and a rising level never raises it. */
export const scorePair = (a: ComparedProfile, b: ComparedProfile, levelOf: LevelOf, ruleset: Ruleset): Ledger =>
  ledgerOf(comparePair(a, b, levelOf, ruleset), ruleset);

/** True when a score is enough for an automatic link: the threshold, with two legs. */
export const isLinkable = ({ millibits, besidesTime }: Ledger, { thresholds }: Ruleset): boolean =>
  millibits >= toMillibits(thresholds.linkBits) && besidesTime >= toMillibits(thresholds.secondLegBits);

/** True when a score is worth showing. */
export const isPossible = ({ millibits }: Ledger, { thresholds }: Ruleset): boolean => millibits >= toMillibits(thresholds.possibleBits);

/** The lines as an analyst reads them, in bits with three decimals. */
export const evidenceOf = ({ lines }: Ledger): readonly Evidence[] =>
  lines.map(({ kind, value, millibits, says }) => ({ kind, ...(value === undefined ? {} : { value }), bits: millibits / 1000, says }));
