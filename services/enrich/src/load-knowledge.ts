import type { Knowledge } from '@samenhang/enrichment';
import type { ConfigFile } from '@samenhang/runtime';
import { loadRegister } from './load-register.ts';
import { loadWarningLists } from './load-warning-lists.ts';

/** Everything the configuration says to read texts with. Throws `config-invalid` with every mistake in the register, or else in the warning lists. */
export const loadKnowledge = async ({ register, warningLists }: Pick<ConfigFile, 'register' | 'warningLists'>): Promise<Knowledge> => ({
  register: await loadRegister(register),
  warningLists: await loadWarningLists(warningLists),
});
