import { type Enrichment, normaliseObservable, type Observable, type PostedSignal } from '@samenhang/domain';
import { mentionAbbreviations } from './abbreviations/mention-abbreviations.ts';
import { findConcepts } from './concepts/find-concepts.ts';
import { topicsOf } from './concepts/topics-of.ts';
import { detectLanguage } from './detect-language.ts';
import { findNames } from './find-names.ts';
import { findNumbers } from './find-numbers.ts';
import { findRareWords, findWords } from './find-words.ts';
import { foldName } from './fold-name.ts';
import { extractObservables } from './observables/extract-observables.ts';
import { isTooCommon } from './observables/is-too-common.ts';
import type { CompiledRegister } from './register/compile-register.ts';
import { findRegistered } from './register/find-registered.ts';
import { tokenise } from './tokenise.ts';
import { vocabularyOf } from './vocabulary.ts';

/** Version of everything enrichment does by itself; with a register the version of that is added. */
export const enrichmentVersion = '5';

/** What an enrichment says its version is: two enrichments of the same signal with the same version are equal. */
const versionWith = (register: CompiledRegister | undefined): string =>
  register === undefined ? enrichmentVersion : `${enrichmentVersion}+${register.version}`;

/** Text beyond this length is kept but not enriched, so that one huge report costs no more than a long one. */
const enrichedChars = 40_000;

/** What enrichment reads of a signal. */
export type Enrichable = Pick<PostedSignal, 'title' | 'text' | 'lang'> & Partial<Pick<PostedSignal, 'observables' | 'places'>>;

const namingTypes = new Set(['org', 'organisation', 'organization', 'person', 'vessel']);

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values.filter((value) => value !== ''))];

/** Observables of the text that were not posted and are not too common to mean anything, each once. */
function foundIn(text: string, posted: readonly Observable[]): readonly Observable[] {
  const known = new Set(posted.map((observable) => observableKey(normaliseObservable(observable))));
  const found: Observable[] = [];
  for (const seen of extractObservables(text)) {
    const observable = normaliseObservable({ type: seen.type, value: seen.value });
    const key = observableKey(observable);
    if (known.has(key) || isTooCommon(observable)) continue;
    known.add(key);
    found.push(observable);
  }
  return found;
}

const observableKey = ({ type, value }: Observable): string => `${type} ${value}`;

/** What of a signal is read: its title and text, in whose units every span is, up to a limit. */
export const enrichedText = ({ title, text }: Enrichable): string => `${title}\n${text}`.slice(0, enrichedChars);

/** Everything the text of a signal says that can be compared: a pure function of the signal, the register and `enrichmentVersion`, in time linear in the text. */
export function enrichSignal(signal: Enrichable, register?: CompiledRegister): Enrichment {
  const text = enrichedText(signal);
  const language = detectLanguage(signal.lang, text);
  const tokens = tokenise(text, vocabularyOf(language));
  const concepts = findConcepts(tokens);
  const named = concepts.map(({ concept, start, end }) => ({ kind: 'concept' as const, value: concept.id, start, end }));
  const placeNames = distinct((signal.places ?? []).flatMap(({ name }) => (name === undefined ? [] : foldName(name))));
  const names = findNames(tokens, language, new Set(placeNames));
  const registered = register === undefined ? [] : findRegistered(text, tokens, register);
  const bodies = [...registered, ...mentionAbbreviations(text, tokens, registered)];
  const mentions = [...names, ...findNumbers(text), ...named, ...bodies].sort((a, b) => a.start - b.start || a.end - b.end);
  return {
    version: versionWith(register),
    language,
    mentions,
    words: findWords(tokens),
    rareWords: findRareWords(tokens),
    named: distinct((signal.observables ?? []).flatMap(({ type, value }) => (namingTypes.has(type) ? foldName(value) : []))),
    placeNames,
    ...topicsOf(concepts),
    observables: foundIn(text, signal.observables ?? []),
  };
}
