import { type CalendarDay, isGregorianYear, isoDay, isoOfPersian, isPersianYear } from './calendar-date.ts';
import { type DateText, gapAfter, type ReadDate } from './date-text.ts';
import { type NumberToken, readNumber } from './number-token.ts';

/** What stands between the numbers: the same mark twice. Only the point may have a space behind it. */
const separators: ReadonlySet<string> = new Set(['.', '-', '/', '. ', '\u2011', '\u066b']);
/** Languages that write the day before the month where it could be read both ways. Not English, of which there are two, nor those that put the year first. */
const dayFirst: ReadonlySet<string> = new Set('nl de fr pl it sv es ro fi el uk ru tr ar'.split(' '));
/** Right before a date these make it a part of something longer: a path, an identifier, a version. */
const joinsBefore = /[-/._=\\@#:\u2011\p{L}\p{N}]/u;
const joinsBehind = /^(?:[-/_.:\u2011][\p{L}\p{N}]|\p{L}|[/_\\@])/u;
/** The day of a time stamp, with its hour: `03T10`. */
const withHour = /^t\d\d$/;

/** `2024-05-03`, `03.05.2024`, `3/5/2024`: three numbers, the first at that place. Left out when the order of day and month cannot be told. */
export function readNumericDate(source: DateText, at: number): ReadDate | undefined {
  const { text, tokens, language } = source;
  const separator = gapAfter(source, at) ?? ' ';
  if (separator === ' ' || !separators.has(separator) || gapAfter(source, at + 1) !== separator) return undefined;
  const [first, second, third] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  const [a, b, c] = [readNumber(first), readNumber(second), readNumber(third)];
  if (first === undefined || third === undefined || a === undefined || b === undefined || c === undefined) return undefined;
  const stamp = withHour.test(c.suffix);
  if (a.suffix !== '' || b.suffix !== '' || (c.suffix !== '' && !stamp)) return undefined;
  const end = third.start + c.digits;
  if (joinsBefore.test(text.slice(Math.max(0, first.start - 1), first.start))) return undefined;
  if (!stamp && joinsBehind.test(text.slice(end, end + 2))) return undefined;
  const value = dayOf([a, b, c], separator.startsWith('.'), language);
  return value === undefined ? undefined : { value, start: first.start, end, last: at + 2 };
}

type Three = readonly [NumberToken, NumberToken, NumberToken];

function dayOf([a, b, c]: Three, points: boolean, language: string | null): string | undefined {
  if (b.digits > 2) return undefined;
  if (a.digits === 4 && c.digits <= 2) return inYear(a.value, { month: b.value, day: c.value });
  if (c.digits !== 4 || a.digits > 2) return undefined;
  const [dayMonth, monthDay] = [
    { day: a.value, month: b.value },
    { day: b.value, month: a.value },
  ];
  const certain = points || a.value > 12 || a.value === b.value || (language !== null && dayFirst.has(language));
  if (certain) return inYear(c.value, dayMonth);
  return b.value > 12 ? inYear(c.value, monthDay) : undefined;
}

function inYear(year: number, day: CalendarDay): string | undefined {
  if (isPersianYear(year)) return isoOfPersian({ ...day, year });
  return isGregorianYear(year) ? isoDay({ ...day, year }) : undefined;
}
