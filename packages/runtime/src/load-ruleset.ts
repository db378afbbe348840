import { defaultRuleset, Ruleset } from '@samenhang/correlation';
import { loadDocument } from './load-document.ts';

/** The ruleset in a YAML or JSON file, or the built-in one without a file; throws `config-invalid` with every mistake in it. */
export const loadRuleset = async (file: string | undefined): Promise<Ruleset> =>
  file === undefined ? defaultRuleset : loadDocument(file, Ruleset, 'ruleset');
