import { digitValue } from '@samenhang/domain';
import type { Token } from '../tokenise.ts';

/** A token of one to four digits, as `3`, `3rd` or `2024`. */
export interface NumberToken {
  readonly value: number;
  readonly digits: number;
  /** What is written to the digits. */
  readonly suffix: string;
}

/** A longer token is no part of a date. */
const longest = 8;

/** The number that a token begins with; undefined for a word, or a number that is too long for a date. */
export function readNumber(token: Token | undefined): NumberToken | undefined {
  if (token === undefined || !token.word.numeric || token.end - token.start > longest) return undefined;
  const { text } = token.word;
  let value = 0;
  let at = 0;
  for (let digit = digitValue(text.charCodeAt(0)); digit !== undefined; digit = digitValue(text.charCodeAt(at))) {
    value = value * 10 + digit;
    at += 1;
  }
  return at === 0 || at > 4 ? undefined : { value, digits: at, suffix: at === text.length ? '' : text.slice(at).toLowerCase() };
}
