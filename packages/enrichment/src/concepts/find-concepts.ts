import type { Token } from '../tokenise.ts';
import { type Concept, lexiconOf, type Phrase, type Stem } from './concept-lexicon.ts';

/** A concept that a text names, with the span of the words that name it. */
export interface FoundConcept {
  readonly concept: Concept;
  readonly start: number;
  readonly end: number;
}

/** Every concept that the tokens name in their language, in order; where several begin at one word the longest counts. Linear in the number of tokens. */
export function findConcepts(tokens: readonly Token[]): readonly FoundConcept[] {
  const found: FoundConcept[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) continue;
    if (token.word.han) found.push(...withinHan(token));
    else if (token.word.phrases.length > 0) {
      const longest = longestAt(tokens, at, token.word.phrases);
      const last = tokens[at + (longest?.rest.length ?? 0)];
      if (longest === undefined || last === undefined) continue;
      found.push({ concept: longest.concept, start: token.start, end: last.end });
      at += longest.rest.length;
    }
  }
  return found;
}

/** The phrase of most words, then of the longest first word, that is said from here on. */
function longestAt(tokens: readonly Token[], at: number, phrases: readonly Phrase[]): Phrase | undefined {
  let longest: Phrase | undefined;
  for (const phrase of phrases) {
    if (longest !== undefined && phrase.rest.length < longest.rest.length) continue;
    if (phrase.rest.every((stem, step) => matches(stem, tokens[at + 1 + step]?.word.plain))) longest = phrase;
  }
  return longest;
}

const matches = ({ text, open }: Stem, word: string | undefined): boolean =>
  word !== undefined && (open ? word.startsWith(text) : word === text);

/** Chinese writes no spaces: a concept may begin at any character. */
function withinHan({ word: { text }, start }: Token): readonly FoundConcept[] {
  const { trie, phrases } = lexiconOf('zh');
  const found: FoundConcept[] = [];
  for (let at = 0; at < text.length; at++) {
    let longest: FoundConcept | undefined;
    trie.walk(text, at, (number, end) => {
      const phrase = phrases[number];
      if (phrase !== undefined && phrase.rest.length === 0) longest = { concept: phrase.concept, start: start + at, end: start + end };
    });
    if (longest === undefined) continue;
    found.push(longest);
    at = longest.end - start - 1;
  }
  return found;
}
