import { mentionAbbreviations } from './abbreviations/mention-abbreviations.ts';
import { findConcepts } from './concepts/find-concepts.ts';
import { topicsOf } from './concepts/topics-of.ts';
import { findDates } from './dates/find-dates.ts';
import { detectLanguage } from './detect-language.ts';
import { type Enrichable, enrichedText } from './enrich-signal.ts';
import { findNames } from './find-names.ts';
import { findNumbers } from './find-numbers.ts';
import { findRareWords, findWords } from './find-words.ts';
import { extractObservables } from './observables/extract-observables.ts';
import type { CompiledRegister } from './register/compile-register.ts';
import { findRegistered } from './register/find-registered.ts';
import { tokenise } from './tokenise.ts';
import { vocabularyOf } from './vocabulary.ts';

/** One step of enrichment with what it needs at hand, so that it can be measured alone. */
export interface SeparateEnricher {
  readonly name: string;
  readonly run: () => unknown;
}

const noPlaces: ReadonlySet<string> = new Set();

/** Every step of `enrichSignal` for one signal, each to be run by itself as often as one likes. */
export function separateEnrichers(signal: Enrichable, register: CompiledRegister): readonly SeparateEnricher[] {
  const text = enrichedText(signal);
  const language = detectLanguage(signal.lang, text);
  const tokens = tokenise(text, vocabularyOf(language));
  const registered = findRegistered(text, tokens, register);
  return [
    { name: 'language', run: () => detectLanguage(undefined, text) },
    { name: 'words and their forms', run: () => tokenise(text, vocabularyOf(language)) },
    { name: 'names and places', run: () => findNames(tokens, language, noPlaces) },
    { name: 'numbers and codes', run: () => findNumbers(text) },
    { name: 'dates', run: () => findDates(text, tokens, language) },
    { name: 'concepts and topics', run: () => topicsOf(findConcepts(tokens)) },
    { name: 'stems for similarity', run: () => [findWords(tokens), findRareWords(tokens)] },
    { name: 'register of interests', run: () => findRegistered(text, tokens, register) },
    { name: 'abbreviations', run: () => mentionAbbreviations(text, tokens, registered) },
    { name: 'observables', run: () => extractObservables(text) },
  ];
}
