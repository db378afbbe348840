import { agreements, defaultRuleset, type PairClass, Ruleset, type SharedValueRule } from '@samenhang/correlation';
import { cosineSteps, features, gapDays, sharedName, silentAgreements } from './fit-features.ts';

/** Rounded to half bits: one weight per kind loses nothing by it. */
const half = (bits: number): number => Math.round(bits * 2) / 2 + 0;

/** What pairwise learning cannot see: the value of a link for the groups it makes. All three were chosen on the gates of CORRELATION.md section 4. */
const leastBits: Readonly<Record<string, number>> = { 'posted-name': 5, 'label-piece': 2.5 };
const liftBits: Readonly<Record<PairClass, number>> = { indicator: 0, note: 0, report: 1 };
/** Too few pairs of the mission's own kind speak of these: codes in long technical reports tie strangers, and so do names across languages in short notes when many campaigns run at once. */
const mostBits: Readonly<Record<string, number>> = { 'report code': 0, 'note name-across-languages': 3.5 };

/** Puts learned weights into the form of a ruleset; what is not learned (thresholds, nomination, echo, join) is as in the default ruleset. */
export function rulesetOf(name: string, weights: Float64Array): Ruleset {
  const byName = new Map(features.map((feature, place) => [feature.name, weights[place] ?? 0]));
  const bits = (feature: string): number => Math.min(byName.get(feature) ?? 0, mostBits[feature] ?? Infinity);
  const shared = ([kind, rule]: [string, SharedValueRule]): [string, SharedValueRule] => [
    kind,
    {
      ...rule,
      bits: Math.max(leastBits[kind] ?? 0, half(bits(sharedName(kind, 'note')))),
      ...(rule.family === 'text' ? { reportBits: half(bits(sharedName(kind, 'report'))) } : {}),
    },
  ];
  const classRule = (pairClass: PairClass): object => {
    const withText = bits(`${pairClass} text`);
    const summed = (steps: readonly string[]): number => steps.reduce((sum, step) => sum + bits(`${pairClass} ${step}`), 0);
    return {
      baseBits: half(bits(`${pairClass} base`) + liftBits[pairClass]),
      time: {
        steps: gapDays.map((withinDays, at) => ({ withinDays, bits: half(summed(gapDays.slice(at).map((days) => `within ${days}`))) })),
        beyondBits: 0,
      },
      text: {
        noneBits: 0,
        steps: cosineSteps.map((below, at) => ({
          below,
          bits: half(
            at === 0
              ? withText + bits(`${pairClass} text low`)
              : withText + summed(cosineSteps.slice(1, at).map((step) => `cosine ${step}`)),
          ),
        })),
        otherwiseBits: half(withText + summed(cosineSteps.slice(1).map((step) => `cosine ${step}`))),
      },
      agreement: Object.fromEntries(agreements.map((kind) => [kind, silentAgreements.has(kind) ? 0 : half(bits(`${pairClass} ${kind}`))])),
    };
  };
  return Ruleset.parse({
    ...defaultRuleset,
    name,
    classes: { indicator: classRule('indicator'), note: classRule('note'), report: classRule('report') },
    shared: Object.fromEntries(Object.entries(defaultRuleset.shared).map(shared)),
  });
}
