import type { Token } from '../tokenise.ts';

/** A text in which dates are looked for. */
export interface DateText {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly language: string | null;
}

/** A date that begins and ends with tokens of the text. */
export interface ReadDate {
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** The place of its last token. */
  readonly last: number;
}

const longestGap = 3;

/** What stands between a token and the next; a line or longer is no part of a date and gives undefined. */
export function gapAfter({ text, tokens }: DateText, at: number): string | undefined {
  const [one, next] = [tokens[at], tokens[at + 1]];
  return one === undefined || next === undefined || next.start - one.end > longestGap ? undefined : text.slice(one.end, next.start);
}
