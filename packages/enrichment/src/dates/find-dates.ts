import type { Mention } from '@samenhang/domain';
import type { Token } from '../tokenise.ts';
import type { DateText, ReadDate } from './date-text.ts';
import { findHanDates } from './find-han-dates.ts';
import { readDayMonth, readMonthDay } from './read-named-date.ts';
import { readNumericDate } from './read-numeric-date.ts';

const readDate = (source: DateText, at: number): ReadDate | undefined =>
  readNumericDate(source, at) ?? readDayMonth(source, at) ?? readMonthDay(source, at);

/**
 * Days that running text names, in words or numbers, left to right: the value is `YYYY-MM-DD`, or `--MM-DD` where no year is written. Months are known by their names in 18 languages; days of
 * the Persian calendar are given in ours. What could be two days is left out. Every number is looked around once, a few tokens far, so time is linear.
 */
export function findDates(text: string, tokens: readonly Token[], language: string | null): readonly Mention[] {
  const source = { text, tokens, language };
  const found: Mention[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    if (tokens[at]?.word.numeric !== true) continue;
    const date = readDate(source, at);
    if (date === undefined) continue;
    found.push({ kind: 'date', value: date.value, start: date.start, end: date.end });
    at = date.last;
  }
  const han = findHanDates(text);
  return han.length === 0 ? found : [...found, ...han];
}
