import type { CommonWords } from './common-words.ts';
import { fold } from './fold.ts';
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
    const folded = fold(token.text);
    const rank = common.get(folded);
    if (folded.length < leastLetters || (rank !== undefined && rank < stopRank)) continue;
    stems.add(folded.slice(0, stemLetters));
    if (stems.size === mostWords) break;
  }
  return [...stems];
}
