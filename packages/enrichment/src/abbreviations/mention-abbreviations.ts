import type { Mention } from '@samenhang/domain';
import { foldName } from '../fold-name.ts';
import type { Token } from '../tokenise.ts';
import { findAbbreviations } from './find-abbreviations.ts';

type Meaning = Pick<Mention, 'kind' | 'value'>;

/**
 * The long form of every abbreviation that a text defines, and each use of the short form in that text, as mentions whose value is the folded long form; where the long form
 * is in the register, the short form is a mention of the entry too. Linear in the text.
 */
export function mentionAbbreviations(text: string, tokens: readonly Token[], registered: readonly Mention[]): readonly Mention[] {
  const defined = findAbbreviations(text, tokens);
  if (defined.length === 0) return [];
  const known = byStart(registered);
  const meanings = new Map<string, readonly Meaning[]>();
  const mentions: Mention[] = [];
  for (const { short, long } of defined) {
    const value = foldName(text.slice(long.start, long.end));
    if (value === '') continue;
    const entries = (known.get(long.start) ?? []).filter(({ end }) => end === long.end);
    meanings.set(short, [{ kind: 'organisation', value }, ...entries.map((entry) => ({ kind: entry.kind, value: entry.value }))]);
    mentions.push({ kind: 'organisation', value, ...long });
  }
  for (const { word, start, end } of tokens) {
    const meant = meanings.get(word.text.normalize('NFC'));
    if (meant === undefined) continue;
    const taken = known.get(start)?.map(({ value }) => value) ?? [];
    for (const { kind, value } of meant) if (!taken.includes(value)) mentions.push({ kind, value, start, end });
  }
  return mentions;
}

function byStart(mentions: readonly Mention[]): ReadonlyMap<number, readonly Mention[]> {
  const found = new Map<number, Mention[]>();
  for (const mention of mentions) {
    const same = found.get(mention.start);
    if (same === undefined) found.set(mention.start, [mention]);
    else same.push(mention);
  }
  return found;
}
