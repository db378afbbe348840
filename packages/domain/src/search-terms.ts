import { hash } from 'node:crypto';
import type { Enrichment } from './enrichment.ts';
import type { Observable, Signal } from './signal.ts';

/** The kinds of fact that lists of incidents are filtered by; retracted is all that is left of a signal that its source took back. */
export type FactKind =
  | 'theme'
  | 'domain'
  | 'sector'
  | 'country'
  | 'place'
  | 'technique'
  | 'sourceType'
  | 'source'
  | 'retracted'
  | 'observable';

/** More words than this of one report are not searched for; the title comes first. */
export const searchedWords = 3_000;
const longestWord = 64;
const longestTerm = 200;
const unspaced = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}]/u;
const ascii = /^[\p{ASCII}]*$/u;

/** The term that finds a fact, whatever its case; one of more than 200 characters is found by its hash. */
export function factTerm(kind: FactKind, value: string): string {
  const term = `${kind}:${value.toLowerCase()}`;
  return term.length <= longestTerm ? term : `${kind}:sha256:${hash('sha256', value.toLowerCase(), 'hex')}`;
}

/** The term that finds an observable by type and normalised value. */
export const observableTerm = ({ type, value }: Observable): string => factTerm('observable', `${type}:${value}`);

/** The term that finds a posted place by its name, whatever case or accents. */
export const placeTerm = (name: string): string => factTerm('place', folded(name));

/** The terms that find a text by its words: case, accents and compatibility forms aside; scripts without spaces by pairs of characters. In order of appearance, each once. */
export function wordTerms(text: string, limit: number = searchedWords): readonly string[] {
  const terms = new Set<string>();
  for (const [word] of folded(text).matchAll(/[\p{L}\p{N}]+/gu)) {
    if (terms.size >= limit) break;
    for (const part of unspaced.test(word) ? pairsOf(word) : [word.slice(0, longestWord)]) terms.add(`word:${part}`);
  }
  return [...terms].slice(0, limit);
}

/** What is added to the facts that were posted with a signal: its observables, normalised, and what its text is about. */
export type AddedFacts = Partial<Pick<Enrichment, 'themes' | 'domains' | 'sectors'>> & { readonly observables: readonly Observable[] };

/** Every term by which a signal is found: its words and its facts. */
export function termsOfSignal(signal: Signal, { observables, themes = [], domains = [], sectors = [] }: AddedFacts): readonly string[] {
  const terms = new Set<string>([factTerm('sourceType', signal.sourceType), factTerm('source', signal.source)]);
  for (const theme of [...signal.themes, ...themes]) terms.add(factTerm('theme', theme));
  for (const domain of domains) terms.add(factTerm('domain', domain));
  for (const sector of [...signal.sectors, ...sectors]) terms.add(factTerm('sector', sector));
  for (const { country, name } of signal.places) {
    if (country !== undefined) terms.add(factTerm('country', country));
    if (name !== undefined) terms.add(placeTerm(name));
  }
  for (const { framework, id } of signal.techniques) terms.add(factTerm('technique', `${framework}:${id}`)).add(factTerm('technique', id));
  for (const observable of observables) terms.add(observableTerm(observable));
  return [...terms, ...wordTerms(`${signal.title}\n${signal.text}`)];
}

const folded = (text: string): string => (ascii.test(text) ? text : text.normalize('NFKD').replace(/\p{M}+/gu, '')).toLowerCase();

function pairsOf(word: string): readonly string[] {
  const characters = [...word.slice(0, 2_000)];
  return characters.length === 1 ? characters : characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}
