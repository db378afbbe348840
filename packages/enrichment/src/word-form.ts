import { fold } from './fold.ts';

/** What a word is by itself, wherever it stands. */
export interface WordForm {
  /** In lower-case ASCII; empty for a number. */
  readonly folded: string;
  /** True when it begins with a digit. */
  readonly numeric: boolean;
  /** True when its first letter is upper case. */
  readonly capital: boolean;
  /** True when its script knows no capitals (Arabic, Hebrew, Georgian, Chinese ...). */
  readonly unicameral: boolean;
}

/** Words seen lately: reports use the same words over and over, and what is kept has its hash worked out. */
const recent = new Map<string, WordForm>();
const mostRecent = 100_000;
const longestKept = 40;

function formOf(word: string, numeric: boolean): WordForm {
  const first = String.fromCodePoint(word.codePointAt(0) ?? 0);
  const lower = first.toLowerCase();
  const capital = first !== lower;
  return { folded: numeric ? '' : fold(word), numeric, capital, unicameral: !numeric && !capital && lower === first.toUpperCase() };
}

/** The form of a word; the same word always has the same. */
export function wordForm(word: string, numeric: boolean): WordForm {
  if (word.length > longestKept) return formOf(word, numeric);
  const known = recent.get(word);
  if (known !== undefined) return known;
  if (recent.size >= mostRecent) recent.clear();
  const form = formOf(word, numeric);
  recent.set(word, form);
  return form;
}
