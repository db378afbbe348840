import { hash } from 'node:crypto';
import { canonicalJson, type Register, type RegisterEntry } from '@samenhang/domain';
import { tokenise } from '../tokenise.ts';
import { WordTable } from '../word-table.ts';
import { buildNameAutomaton, type NameAutomaton } from './name-automaton.ts';
import { namePartsOf } from './name-parts.ts';

/** One way to write one or more entries. */
export interface RegisteredName {
  /** Its words, folded. */
  readonly words: readonly string[];
  /** True for an abbreviation, which is only itself in capitals. */
  readonly capitals: boolean;
  readonly entries: readonly RegisterEntry[];
}

/** A register ready to be found in texts. Two registers with the same content, in whatever order, compile to the same. */
export interface CompiledRegister {
  /** Version and content of the register; a higher version sorts after a lower one. */
  readonly version: string;
  readonly symbols: WordTable;
  readonly names: readonly RegisteredName[];
  readonly automaton: NameAutomaton;
}

const longestAbbreviation = 4;
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Compiles all names and aliases of a register, in time linear in their length. */
export function compileRegister(register: Register): CompiledRegister {
  const entries = [...register.entries].sort((a, b) => byText(a.id, b.id));
  const content = entries.map((entry) => ({ ...entry, aliases: [...entry.aliases].sort(byText) }));
  const symbols = new Map<string, number>();
  const named = namesOf(entries);
  const patterns = named.map(({ keys }) => keys.map((key) => symbolFor(symbols, key)));
  return {
    version: `${String(register.version).padStart(6, '0')}.${hash('sha256', canonicalJson(content), 'hex').slice(0, 12)}`,
    symbols: new WordTable(symbols),
    names: named,
    automaton: buildNameAutomaton(patterns),
  };
}

interface NameWithKeys extends RegisteredName {
  readonly keys: readonly string[];
  readonly entries: RegisterEntry[];
}

function namesOf(entries: readonly RegisterEntry[]): readonly NameWithKeys[] {
  const names = new Map<string, NameWithKeys>();
  for (const entry of entries)
    for (const written of [entry.name, ...entry.aliases]) {
      const name = nameOf(written);
      if (name.keys.length === 0) continue;
      const identity = `${name.capitals} ${name.words.join(' ')}`;
      const known = names.get(identity) ?? name;
      names.set(identity, known);
      if (known.entries.at(-1) !== entry) known.entries.push(entry);
    }
  return [...names.values()];
}

function nameOf(written: string): NameWithKeys {
  const parts = namePartsOf(written, tokenise(written));
  const [first] = parts;
  const capitals = parts.length === 1 && first?.capitals === true && first.end - first.start <= longestAbbreviation;
  return { words: parts.map(({ folded }) => folded), keys: parts.map(({ key }) => key), capitals, entries: [] };
}

function symbolFor(symbols: Map<string, number>, key: string): number {
  const known = symbols.get(key);
  if (known !== undefined) return known;
  symbols.set(key, symbols.size);
  return symbols.size - 1;
}
