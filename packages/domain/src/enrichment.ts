import type { Observable } from './signal.ts';

/** What the text of a signal was found to say. `value` is the folded form that is compared; the span is in UTF-16 units of `title + "\n" + text`. */
export interface Mention {
  readonly kind: 'name' | 'name-pair' | 'number' | 'code' | 'date' | 'place' | 'organisation' | 'person' | 'country' | 'concept';
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** Set when letters of several scripts that look alike were mixed within a word of the mention. */
  readonly flag?: 'mixed-script';
}

/** Everything enrichment adds to a signal: a pure function of the signal and the enricher's version. */
export interface Enrichment {
  /** Version of the enrichers; two enrichments with the same version and signal are equal. */
  readonly version: string;
  /** ISO 639-1 code, or null when it cannot be told. */
  readonly language: string | null;
  readonly mentions: readonly Mention[];
  /** Distinct stems of the words that are not among the commonest of the language, folded to ASCII, in order of first appearance: what text similarity compares. */
  readonly words: readonly string[];
  /** Longer stems of those words in lower case that are not among the most common of the language at all. */
  readonly rareWords: readonly string[];
  /** Names of the organisations, persons and vessels that were posted as observables, and of the posted places, folded to ASCII: words without separators between single spaces. */
  readonly named: readonly string[];
  readonly placeNames: readonly string[];
  /** What the text is about, most mentioned first: themes, the domains of hybrid threats (JRC and Hybrid CoE), sectors. Never of what was posted. */
  readonly themes: readonly string[];
  readonly domains: readonly string[];
  readonly sectors: readonly string[];
  /** Observables found in the running text, normalised; those that were posted are not repeated. */
  readonly observables: readonly Observable[];
  /** Those of the posted and the found observables, as they stand there, that a configured warning list calls too common: kept, and never evidence. Absent when there are none. */
  readonly common?: readonly Observable[];
}
