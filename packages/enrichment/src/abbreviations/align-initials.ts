/** Words of the long form, nearest last, each in the forms in which its initial may count (with and without an article). */
export interface LongWord {
  readonly forms: readonly string[];
  /** True for a word that may lend no letter: an article, a preposition. */
  readonly small: boolean;
}

/** Most letters that one word lends: BKA of Bundeskriminalamt. */
const mostLent = 4;

/**
 * Where the long form of an abbreviation begins among the words before it: letters are lent in order, each word that lends lends its first, and only small
 * words lend none, the last never. Undefined when the letters do not fit. At most letters x words x 8 steps.
 */
export function alignInitials(letters: readonly string[], words: readonly LongWord[]): number | undefined {
  const failed = new Set<number>();
  const align = (left: number, at: number): number | undefined => {
    const word = words[at];
    const state = left * words.length + at;
    if (word === undefined || failed.has(state)) return undefined;
    for (let lent = 1; lent <= Math.min(left, mostLent); lent++) {
      if (!lends(word, letters.slice(left - lent, left))) continue;
      const begin = left === lent ? at : align(left - lent, at - 1);
      if (begin !== undefined) return begin;
    }
    const begin = word.small && at < words.length - 1 ? align(left, at - 1) : undefined;
    if (begin === undefined) failed.add(state);
    return begin;
  };
  return align(letters.length, words.length - 1);
}

/** True when the word begins with the first letter and has the others after it, in order. */
const lends = ({ forms }: LongWord, letters: readonly string[]): boolean =>
  forms.some((form) => {
    let from = 0;
    for (const [at, letter] of letters.entries()) {
      const found = at === 0 ? (form.startsWith(letter) ? 0 : -1) : form.indexOf(letter, from);
      if (found < 0) return false;
      from = found + letter.length;
    }
    return true;
  });
