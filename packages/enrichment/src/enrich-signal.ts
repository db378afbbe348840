import { type Enrichment, normaliseObservable, type Observable, type PostedSignal, withoutCommon } from '@samenhang/domain';
import { mentionAbbreviations } from './abbreviations/mention-abbreviations.ts';
import { findConcepts } from './concepts/find-concepts.ts';
import { topicsOf } from './concepts/topics-of.ts';
import { findDates } from './dates/find-dates.ts';
import { detectLanguage } from './detect-language.ts';
import { findNames } from './find-names.ts';
import { findNumbers } from './find-numbers.ts';
import { findRareWords, findWords } from './find-words.ts';
import { foldName } from './fold-name.ts';
import type { CompiledWarningLists } from './observables/compile-warning-lists.ts';
import { extractObservables } from './observables/extract-observables.ts';
import { isTooCommon } from './observables/is-too-common.ts';
import type { CompiledRegister } from './register/compile-register.ts';
import { findRegistered } from './register/find-registered.ts';
import { tokenise } from './tokenise.ts';
import { vocabularyOf } from './vocabulary.ts';

/** Version of everything enrichment does by itself; those of a register and of warning lists are added. */
export const enrichmentVersion = '6';

/** What a deployment knows beforehand and texts are read with. */
export interface Knowledge {
  readonly register?: CompiledRegister | undefined;
  readonly warningLists?: CompiledWarningLists | undefined;
}

/** Sorts before the version of every register. */
const noRegister = '000000';

/** What an enrichment says its version is: two enrichments of the same signal with the same version are equal. */
function versionWith({ register, warningLists }: Knowledge): string {
  if (warningLists === undefined) return register === undefined ? enrichmentVersion : `${enrichmentVersion}+${register.version}`;
  return `${enrichmentVersion}+${register?.version ?? noRegister}+${warningLists.version}`;
}

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

/** What warning lists call too common of observables; nothing at all without any. */
function commonOf(observables: readonly Observable[], { warningLists }: Knowledge): Pick<Enrichment, 'common'> {
  const common = warningLists === undefined ? [] : observables.filter((observable) => warningLists.has(observable));
  return common.length === 0 ? {} : { common };
}

/** Everything the text of a signal says that can be compared: a pure function of the signal, what is known beforehand and `enrichmentVersion`, in time linear in the text. */
export function enrichSignal(signal: Enrichable, known: Knowledge = {}): Enrichment {
  const text = enrichedText(signal);
  const language = detectLanguage(signal.lang, text);
  const tokens = tokenise(text, vocabularyOf(language));
  const concepts = findConcepts(tokens);
  const named = concepts.map(({ concept, start, end }) => ({ kind: 'concept' as const, value: concept.id, start, end }));
  const placeNames = distinct((signal.places ?? []).flatMap(({ name }) => (name === undefined ? [] : foldName(name))));
  const names = findNames(tokens, language, new Set(placeNames));
  const registered = known.register === undefined ? [] : findRegistered(text, tokens, known.register);
  const bodies = [...registered, ...mentionAbbreviations(text, tokens, registered)];
  const measured = [...findNumbers(text), ...findDates(text, tokens, language)];
  const mentions = [...names, ...measured, ...named, ...bodies].sort((a, b) => a.start - b.start || a.end - b.end);
  const posted = signal.observables ?? [];
  const observables = foundIn(text, posted);
  const common = commonOf([...posted, ...observables], known);
  const telling = withoutCommon(posted, common);
  return {
    version: versionWith(known),
    language,
    mentions,
    words: findWords(tokens),
    rareWords: findRareWords(tokens),
    named: distinct(telling.flatMap(({ type, value }) => (namingTypes.has(type) ? foldName(value) : []))),
    placeNames,
    ...topicsOf(concepts),
    observables,
    ...common,
  };
}
