import type { CommonWords } from './common-words.ts';
import type { Token } from './tokenise.ts';

/** Words so common that sharing one says nothing: the first so many of the language's list. */
const stopRank = 250;
const leastLetters = 3;
const stemLetters = 7;
const mostWords = 400;

/** The distinct stems of a text's words, folded, without the commonest of the language, in order of first appearance: what text similarity compares. */
export function findWords(tokens: readonly Token[], common: CommonWords): readonly string[] {
  const stems = new Set<string>();
  for (const token of tokens) {
    if (token.numeric) continue;
    const { folded } = token;
    const rank = common.get(folded);
    if (folded.length < leastLetters || (rank !== undefined && rank < stopRank)) continue;
    stems.add(folded.slice(0, stemLetters));
    if (stems.size === mostWords) break;
  }
  return [...stems];
}

const leastRareLetters = 5;
const rareStemLetters = 10;

/** The distinct stems of words in lower case that are not among the most common of the language: what a report says that others hardly say. */
export function findRareWords(tokens: readonly Token[], common: CommonWords): readonly string[] {
  if (common.size === 0) return [];
  const stems = new Set<string>();
  for (const token of tokens) {
    if (token.numeric || token.capital || token.unicameral) continue;
    const { folded } = token;
    if (folded.length >= leastRareLetters && !common.has(folded)) stems.add(folded.slice(0, rareStemLetters));
    if (stems.size === mostWords) break;
  }
  return [...stems];
}
