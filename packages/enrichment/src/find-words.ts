import type { Token } from './tokenise.ts';
import { WordSet } from './word-set.ts';

const mostWords = 400;
/** The stems of the text that is being read. */
const seen = new WordSet();

/** The distinct stems of a text's words, folded, without the commonest of the language, in order of first appearance: what text similarity compares. */
export function findWords(tokens: readonly Token[]): readonly string[] {
  seen.clear();
  const stems: string[] = [];
  for (const { word } of tokens) if (word.stem !== '' && seen.add(word.stem, word.stemHash) && stems.push(word.stem) === mostWords) break;
  return stems;
}

/** The distinct stems of words in lower case that are not among the most common of the language: what a report says that others hardly say. */
export function findRareWords(tokens: readonly Token[]): readonly string[] {
  seen.clear();
  const stems: string[] = [];
  for (const { word } of tokens)
    if (word.rareStem !== '' && seen.add(word.rareStem, word.rareStemHash) && stems.push(word.rareStem) === mostWords) break;
  return stems;
}
