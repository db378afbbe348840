import type { Mention, RegisterEntry } from '@samenhang/domain';
import type { Token } from '../tokenise.ts';
import type { CompiledRegister, RegisteredName } from './compile-register.ts';
import { isFormOf } from './inflection.ts';
import { type NamePart, namePartsOf } from './name-parts.ts';

/** The value of every mention of an entry of the register. */
const registerValue = (id: string): string => `register:${id}`;

/**
 * Every place where a text names an entry of the register, in any script, case and normal form, and with another ending where the name is long enough (an abbreviation only in capitals). Where
 * several names begin at a word the longest counts, and mentions do not overlap unless one name stands for several entries. Linear in the text.
 */
export function findRegistered(text: string, tokens: readonly Token[], register: CompiledRegister): readonly Mention[] {
  const parts = namePartsOf(text, tokens, register.symbols);
  if (parts.length === 0) return [];
  const longest = longestFrom(parts, register);
  const mentions: Mention[] = [];
  for (let at = 0; at < parts.length; at++) {
    const hit = longest[at];
    if (hit === undefined) continue;
    mentions.push(...mentionsOf(hit, parts.slice(at, hit.last + 1)));
    at = hit.last;
  }
  return mentions;
}

/** The longest name from some part on, to its last part. */
interface Hit {
  readonly last: number;
  readonly exact: boolean;
  readonly entries: readonly RegisterEntry[];
}

function longestFrom(parts: readonly NamePart[], { names, automaton }: CompiledRegister): readonly (Hit | undefined)[] {
  const longest: (Hit | undefined)[] = parts.map(() => undefined);
  const keys = parts.map(({ symbol }) => symbol);
  for (let from = 0; from < parts.length; ) {
    let to = from + 1;
    while (parts[to]?.joins) to++;
    automaton.match(keys, { from, to }, (pattern, last) => {
      const name = names[pattern];
      if (name === undefined) return;
      const first = last + 1 - name.words.length;
      const exact = formOfName(parts, first, name);
      if (exact !== undefined) longest[first] = better(longest[first], { last, exact, entries: name.entries });
    });
    from = to;
  }
  return longest;
}

/** True when the parts from `first` on are the name as it is written, false when they are another form of it, undefined when they are neither. */
function formOfName(parts: readonly NamePart[], first: number, { words, capitals }: RegisteredName): boolean | undefined {
  if (capitals && parts[first]?.capitals !== true) return undefined;
  let exact = true;
  for (const [at, word] of words.entries()) {
    const written = parts[first + at]?.folded ?? '';
    if (written === word) continue;
    if (capitals || !isFormOf(written, word)) return undefined;
    exact = false;
  }
  return exact;
}

/** The longer hit, then the one as written; both when neither is better. */
function better(known: Hit | undefined, hit: Hit): Hit {
  if (known === undefined || hit.last > known.last) return hit;
  if (hit.last < known.last || (known.exact && !hit.exact)) return known;
  if (hit.exact && !known.exact) return hit;
  return { ...hit, entries: [...new Set([...known.entries, ...hit.entries])] };
}

function mentionsOf({ entries }: Hit, parts: readonly NamePart[]): readonly Mention[] {
  const start = parts[0]?.start ?? 0;
  const end = parts.at(-1)?.end ?? 0;
  const flag = parts.some(({ mixed }) => mixed) ? { flag: 'mixed-script' as const } : {};
  return entries
    .map(
      ({ id, kind }): Mention => ({ kind: kind === 'person' ? 'person' : 'organisation', value: registerValue(id), start, end, ...flag }),
    )
    .sort((a, b) => (a.value < b.value ? -1 : 1));
}
