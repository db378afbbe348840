import { digitValue, type Mention } from '@samenhang/domain';
import { isGregorianYear, isoDay } from './calendar-date.ts';

const month = '月';
const dayMarks: ReadonlySet<string> = new Set(['日', '号', '號']);
const hanDigits = '〇一二三四五六七八九';
const longestNumber = 4;

const isNumeral = (character: string): boolean =>
  digitValue(character.charCodeAt(0)) !== undefined || '十零〇'.includes(character) || hanDigits.includes(character);

/** The number of at most four numerals: digits of any kind, or Chinese up to 99, or a year written digit by digit. */
function numberOf(text: string): number | undefined {
  if (text === '') return undefined;
  const ten = text.indexOf('十');
  if (ten >= 0) {
    const [tens, ones] = [ten === 0 ? 1 : numberOf(text.slice(0, ten)), ten === text.length - 1 ? 0 : numberOf(text.slice(ten + 1))];
    return tens === undefined || ones === undefined || tens > 9 || ones > 9 ? undefined : tens * 10 + ones;
  }
  let value = 0;
  for (const character of text) {
    const digit = digitValue(character.charCodeAt(0)) ?? hanDigits.indexOf(character.replace('零', '〇'));
    if (digit < 0) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

/** Where the numerals before a place begin, at most four of them; no place before the least. */
function numeralsBefore(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start <= longestNumber && isNumeral(text.charAt(start - 1))) start -= 1;
  return start;
}

function numeralsAfter(text: string, start: number): number {
  let end = start;
  while (end < text.length && end - start <= longestNumber && isNumeral(text.charAt(end))) end += 1;
  return end;
}

function dateAround(text: string, at: number): Mention | undefined {
  const [monthStart, dayEnd] = [numeralsBefore(text, at), numeralsAfter(text, at + 1)];
  const [monthNumber, day] = [numberOf(text.slice(monthStart, at)), numberOf(text.slice(at + 1, dayEnd))];
  if (monthNumber === undefined || day === undefined || !dayMarks.has(text.charAt(dayEnd))) return undefined;
  const yearStart = text[monthStart - 1] === '年' ? numeralsBefore(text, monthStart - 1) : monthStart;
  const number = numberOf(text.slice(yearStart, monthStart - 1));
  const year = monthStart - 1 - yearStart === longestNumber && number !== undefined && isGregorianYear(number) ? number : undefined;
  const value = isoDay({ year, month: monthNumber, day });
  return value === undefined ? undefined : { kind: 'date', value, start: year === undefined ? monthStart : yearStart, end: dayEnd + 1 };
}

/** Dates as Chinese writes them: `2024年5月3日`, `五月三日`, `5月3号`. Every sign of a month is looked around once, a few characters far. */
export function findHanDates(text: string): readonly Mention[] {
  const found: Mention[] = [];
  for (let at = text.indexOf(month); at >= 0; at = text.indexOf(month, at + 1)) {
    const date = dateAround(text, at);
    if (date !== undefined) found.push(date);
  }
  return found;
}
