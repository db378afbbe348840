import type { Token } from '../tokenise.ts';
import { type Concept, type Lexicon, lexiconOf, type Phrase, type Stem } from './concept-lexicon.ts';
import { plainWord } from './plain-word.ts';

/** A concept that a text names, with the span of the words that name it. */
export interface FoundConcept {
  readonly concept: Concept;
  readonly start: number;
  readonly end: number;
}

const han = /^\p{Script=Han}/u;

/** Every concept that the tokens name, in order; where several begin at one word the longest counts. Linear in the number of tokens. */
export function findConcepts(tokens: readonly Token[], language: string | null): readonly FoundConcept[] {
  const lexicon = lexiconOf(language ?? 'en');
  const plain = tokens.map(({ text, numeric }) => (numeric ? '' : plainWord(text)));
  const found: FoundConcept[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined || token.numeric) continue;
    if (token.unicameral && han.test(token.text)) found.push(...withinHan(token));
    else {
      const longest = longestAt(lexicon, plain, at);
      const last = tokens[at + (longest?.rest.length ?? 0)];
      if (longest === undefined || last === undefined) continue;
      found.push({ concept: longest.concept, start: token.start, end: last.end });
      at += longest.rest.length;
    }
  }
  return found;
}

/** The phrase of most words, then of the longest first word, that is said from here on. */
function longestAt({ trie, phrases }: Lexicon, plain: readonly string[], at: number): Phrase | undefined {
  const word = plain[at] ?? '';
  let longest: Phrase | undefined;
  trie.walk(word, 0, (number, end) => {
    const phrase = phrases[number];
    if (phrase === undefined || (!phrase.first.open && end !== word.length)) return;
    if (longest !== undefined && phrase.rest.length < longest.rest.length) return;
    if (phrase.rest.every((stem, step) => matches(stem, plain[at + 1 + step]))) longest = phrase;
  });
  return longest;
}

const matches = ({ text, open }: Stem, word: string | undefined): boolean =>
  word !== undefined && (open ? word.startsWith(text) : word === text);

/** Chinese writes no spaces: a concept may begin at any character. */
function withinHan({ text, start }: Token): readonly FoundConcept[] {
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
