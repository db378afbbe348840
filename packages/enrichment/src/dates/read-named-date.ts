import { isGregorianYear, isoDay, isoOfPersian, isPersianYear } from './calendar-date.ts';
import { type DateText, gapAfter, type ReadDate } from './date-text.ts';
import { type MonthName, monthNamed } from './month-names.ts';
import { readNumber } from './number-token.ts';

/** What languages write to the number of a day. */
const ordinals: ReadonlySet<string> = new Set(['', ...'st nd rd th er re e de ste º ª η ης го е й d'.split(' ')]);
/** What is written to a year: `2024г`, `2024р`. */
const yearEnds: ReadonlySet<string> = new Set(['', 'г', 'р', 'm', 'х']);
/** Words between day, month and year, as in `3rd of May`, `3 de mayo de 2024`. */
const connecting: ReadonlySet<string> = new Set(['of', 'de', 'del', 'di', 'din', 'من', 'عام', 'سنة', 'سال']);
/** Endings of a day that stand apart from it, as in `3-го мая` and `3:e maj`. */
const ordinalWords: ReadonlySet<string> = new Set(['го', 'е', 'ее', 'ого', 'й', 'e', 'a']);
const toMonth: ReadonlySet<string> = new Set([' ', '\u00a0', '\u202f', '. ', '.\u00a0', '.', '-', '/', '° ', '\u2011']);
const toYear: ReadonlySet<string> = new Set([...toMonth, ', ', '., ', '،', '، ']);
const spaces: ReadonlySet<string> = new Set([' ', '\u00a0', '\u202f']);
const joinsDay: ReadonlySet<string> = new Set(['-', ':', '\u2011']);
/** Languages that write the month before the day. */
const monthFirst: ReadonlySet<string> = new Set(['en', 'lt', 'fi']);

const dayAt = ({ tokens }: DateText, at: number): number | undefined => {
  const number = readNumber(tokens[at]);
  return number !== undefined && number.digits <= 2 && number.value >= 1 && number.value <= 31 && ordinals.has(number.suffix)
    ? number.value
    : undefined;
};

interface Found<T> {
  readonly value: T;
  /** The place of its last token. */
  readonly last: number;
}

/** The month that a place of the text names, in one word or two. */
function monthAt(source: DateText, at: number): Found<MonthName> | undefined {
  const { tokens, language } = source;
  const [first, second] = [tokens[at]?.word, tokens[at + 1]?.word];
  if (first === undefined || first.numeric) return undefined;
  const wide = second === undefined || !first.unicameral ? undefined : monthNamed(`${first.text} ${second.text}`, language);
  if (wide !== undefined && gapAfter(source, at) === ' ') return { value: wide, last: at + 1 };
  const month = monthNamed(first.text, language);
  return month === undefined ? undefined : { value: month, last: at };
}

/** The place of what follows, behind one word that only connects. */
function behind(source: DateText, at: number, gaps: ReadonlySet<string>): number | undefined {
  const gap = gapAfter(source, at);
  if (gap === undefined || !gaps.has(gap)) return undefined;
  const next = source.tokens[at + 1]?.word.text ?? '';
  if (!connecting.has(next)) return at + 1;
  return spaces.has(gap) && spaces.has(gapAfter(source, at + 1) ?? '') ? at + 2 : undefined;
}

function yearAt({ text, tokens }: DateText, at: number, calendar: MonthName['calendar']): number | undefined {
  const token = tokens[at];
  const year = readNumber(token);
  if (token === undefined || year === undefined || year.digits !== 4 || !yearEnds.has(year.suffix)) return undefined;
  if (/^[.,:]\p{Nd}/u.test(text.slice(token.end, token.end + 2))) return undefined;
  return (calendar === 'persian' ? isPersianYear : isGregorianYear)(year.value) ? year.value : undefined;
}

function yearBehind(source: DateText, at: number, calendar: MonthName['calendar']): Found<number> | undefined {
  const next = behind(source, at, toYear);
  const year = next === undefined ? undefined : yearAt(source, next, calendar);
  return year === undefined || next === undefined ? undefined : { value: year, last: next };
}

const written = ({ calendar, month }: MonthName, day: number, year: number | undefined): string | undefined =>
  calendar === 'persian' ? isoOfPersian({ year, month, day }) : isoDay({ year, month, day });

/** `3 May 2024`, `3. Mai`, `3 de mayo de 2024`, `3rd of May`, `٣ مايو`: the day at that place, the month behind it, then perhaps the year. */
export function readDayMonth(source: DateText, at: number): ReadDate | undefined {
  const day = dayAt(source, at);
  const token = source.tokens[at];
  if (day === undefined || token === undefined) return undefined;
  const apart = joinsDay.has(gapAfter(source, at) ?? '') && ordinalWords.has(source.tokens[at + 1]?.word.text ?? '');
  const next = behind(source, apart ? at + 1 : at, toMonth);
  const month = next === undefined ? undefined : monthAt(source, next);
  if (month === undefined || isWithin(source, token.start)) return undefined;
  const year = yearBehind(source, month.last, month.value.calendar);
  return dateFrom(source, { from: at, last: year?.last ?? month.last, value: written(month.value, day, year?.value) });
}

/** True when the number is the end of a longer one: `1,3` or `1.3`. */
const isWithin = ({ text }: DateText, start: number): boolean => /\p{Nd}[.,:/]$/u.test(text.slice(Math.max(0, start - 2), start));

/** `May 3rd`, `May 3, 2024`, `gegužės 3`, `2024 m. gegužės 3 d.`: the day at that place, the month before it. */
export function readMonthDay(source: DateText, at: number): ReadDate | undefined {
  const { text, tokens, language } = source;
  const day = dayAt(source, at);
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (day === undefined || before === undefined || token === undefined || !monthFirst.has(language ?? 'en')) return undefined;
  const gap = gapAfter(source, at - 1) ?? '';
  if (!spaces.has(gap) && gap !== '. ') return undefined;
  const month = monthNamed(before.word.text, language);
  if (month === undefined || /^[.,:]?\p{Nd}|^[%:]/u.test(text.slice(token.end, token.end + 2)) || isAmount(source, at)) return undefined;
  const year = yearBehind(source, at, month.calendar);
  const first = year === undefined ? yearBefore(source, at - 1) : undefined;
  const value = written(month, day, year?.value ?? first?.value);
  return dateFrom(source, { from: first?.last ?? at - 1, last: year?.last ?? at, value });
}

/** `In May 12 people came`: nobody says `in` of a day. */
const isAmount = ({ tokens, language }: DateText, at: number): boolean =>
  (language ?? 'en') === 'en' &&
  tokens[at - 2]?.word.folded === 'in' &&
  tokens[at]?.word.text.length === tokens[at]?.word.text.replace(/\D+$/, '').length;

/** `2024 m.` before a month, as Lithuanian writes it. */
function yearBefore(source: DateText, month: number): Found<number> | undefined {
  const { tokens, language } = source;
  if (language !== 'lt') return undefined;
  const at = tokens[month - 1]?.word.text === 'm' ? month - 2 : month - 1;
  const year = yearAt(source, at, 'gregorian');
  return year === undefined || gapAfter(source, at) === undefined ? undefined : { value: year, last: at };
}

function dateFrom(
  { tokens }: DateText,
  { from, last, value }: { readonly from: number; readonly last: number; readonly value: string | undefined },
): ReadDate | undefined {
  const [start, end] = [tokens[from]?.start, tokens[last]?.end];
  return value === undefined || start === undefined || end === undefined ? undefined : { value, start, end, last };
}
