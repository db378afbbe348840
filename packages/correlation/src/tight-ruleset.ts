import { defaultRuleset } from './default-ruleset.ts';
import type { Ruleset } from './ruleset.ts';

/** The default ruleset with such small caps that a dozen signals meet every one of them: for tests. */
export const tightRuleset: Ruleset = {
  ...defaultRuleset,
  name: 'tight',
  shared: Object.fromEntries(
    Object.entries(defaultRuleset.shared).map(([kind, rule]) => [
      kind,
      { ...rule, nominates: Math.min(rule.nominates, 3), weighs: Math.min(rule.weighs, 5) },
    ]),
  ),
};
