import {
  defaultRuleset,
  isLinkable,
  joinGroups,
  ledgerOf,
  type PairClass,
  type PairFacts,
  type Ruleset,
  toMillibits,
} from '@samenhang/correlation';
import { compareLabelled } from './correlate-labelled.ts';
import { vectorOf } from './fit-features.ts';
import type { LabelledRecord } from './labelled.ts';
import type { Example } from './learn-weights.ts';
import { type Grouping, scoreGrouping } from './metrics.ts';

/** A pair of a stream that is learned from, with the fold that holds it out. */
export interface FitPair extends Example {
  readonly a: number;
  readonly b: number;
  readonly facts: PairFacts;
  readonly fold: number;
}

/** A stream made ready to learn from and to be grouped under any ruleset. */
export interface FitStream {
  readonly name: string;
  readonly truth: readonly string[];
  /** The fold of each item's campaign. */
  readonly folds: readonly number[];
  readonly storyOf: readonly number[];
  readonly echoes: readonly { readonly a: number; readonly b: number }[];
  readonly pairs: readonly FitPair[];
}

export const foldCount = 5;
/** Pairs between the same two campaigns count less the more there are, so that one large campaign does not decide. */
const damping = 4;

/** Campaigns are dealt to folds by their name, the same in every stream. */
function foldOf(name: string): number {
  let hash = 7;
  for (let at = 0; at < name.length; at++) hash = (Math.imul(hash, 31) + name.charCodeAt(at)) >>> 0;
  return hash % foldCount;
}

/** `multiplierOf` says how much pairs of a class count in this stream. */
export function fitStream(name: string, records: readonly LabelledRecord[], multiplierOf: (pairClass: PairClass) => number): FitStream {
  const { ids, storyOf, echoes, pairs } = compareLabelled(records, defaultRuleset);
  const labels = new Map(records.map(({ signal, truth }) => [signal.id, truth]));
  const truth = ids.map((id) => labels.get(id) ?? '');
  const foldOfItem = truth.map((label, item) => foldOf(label || (ids[item] ?? '')));
  const between = (a: number, b: number): string => [truth[a] || 'alone', truth[b] || 'alone'].sort().join('\u0000');
  const counts = new Map<string, number>();
  for (const { a, b } of pairs) counts.set(between(a, b), (counts.get(between(a, b)) ?? 0) + 1);
  const dampened = (a: number, b: number): number =>
    truth[a] === '' || truth[b] === '' ? 1 : Math.max(1, (counts.get(between(a, b)) ?? 1) / damping) ** -0.5;
  return {
    name,
    truth,
    folds: foldOfItem,
    storyOf,
    echoes,
    pairs: pairs.map(({ a, b, facts }) => ({
      a,
      b,
      facts,
      vector: vectorOf(facts),
      right: truth[a] !== '' && truth[a] === truth[b],
      weight: dampened(a, b) * multiplierOf(facts.pairClass),
      fold: Math.min(foldOfItem[a] ?? 0, foldOfItem[b] ?? 0),
    })),
  };
}

/** True when neither report of the pair is of a campaign in the fold: such pairs may be learned from when the fold is held out. */
export const outside = ({ a, b }: FitPair, stream: FitStream, fold: number): boolean =>
  stream.folds[a] !== fold && stream.folds[b] !== fold;

/** Groups a stream with each pair weighed by the ruleset of its fold. */
export function groupStream({ truth, storyOf, echoes, pairs }: FitStream, rulesetOfFold: (fold: number) => Ruleset): Grouping {
  const ruleset = rulesetOfFold(0);
  const links = pairs.flatMap(({ a, b, facts, fold }) => {
    const ledger = ledgerOf(facts, rulesetOfFold(fold));
    return isLinkable(ledger, ruleset) ? [{ a, b, millibits: ledger.millibits }] : [];
  });
  const told = echoes.map(({ a, b }) => ({ a, b, millibits: toMillibits(ruleset.echo.bits) }));
  const groups = joinGroups({ storyOf, links: [...links, ...told], constraints: [] }, ruleset);
  return scoreGrouping([...groups].map(String), truth);
}
