import { defaultRuleset, Ruleset } from '@samenhang/correlation';
import type { ConfigFile } from './config.ts';
import { loadDocument } from './load-document.ts';

/** The ruleset of each audience: its own, or the one of all. */
export type RulesetOf = (audience: string) => Ruleset;

/** Loads every ruleset that is configured, YAML or JSON; without any the built-in one is used. Throws `config-invalid` with every mistake of the first file that has some. */
export async function loadRulesets({ ruleset, audiences }: Pick<ConfigFile, 'audiences' | 'ruleset'>): Promise<RulesetOf> {
  const common = await loadRuleset(ruleset);
  const own = new Map<string, Ruleset>();
  for (const audience of audiences) if (audience.ruleset !== undefined) own.set(audience.id, await loadRuleset(audience.ruleset));
  return (audience) => own.get(audience) ?? common;
}

const loadRuleset = async (file: string | undefined): Promise<Ruleset> =>
  file === undefined ? defaultRuleset : loadDocument(file, Ruleset, 'ruleset');
