/** A day as it is written: without a year when none stands there. */
export interface CalendarDay {
  readonly year?: number | undefined;
  readonly month: number;
  readonly day: number;
}

const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** `YYYY-MM-DD`, or `--MM-DD` without a year (ISO 8601:2000); undefined for a day that no calendar has, such as 31 June, or 29 February of 2023. */
export function isoDay({ year, month, day }: CalendarDay): string | undefined {
  if (day < 1 || day > (monthDays[month - 1] ?? 0)) return undefined;
  if (year === undefined) return `--${twoDigits(month)}-${twoDigits(day)}`;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && day === 29 && !leap ? undefined : `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

export const isGregorianYear = (year: number): boolean => year >= 1900 && year <= 2099;
export const isPersianYear = (year: number): boolean => year >= 1300 && year <= 1499;

const dayMs = 86_400_000;
const persian = new Intl.DateTimeFormat('en-u-ca-persian', { year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'UTC' });
const firstDays = new Map<number, number>();

/** Midnight UTC of the first day of a Persian year. */
function firstDay(year: number): number {
  const known = firstDays.get(year);
  if (known !== undefined) return known;
  const days = [19, 20, 21, 22, 23].map((day) => Date.UTC(year + 621, 2, day));
  const first = days.find((at) => persian.format(at).startsWith('1/1/')) ?? Number.NaN;
  firstDays.set(year, first);
  return first;
}

/** The day of our calendar on which one of the Persian calendar (Solar Hijri) fell; undefined for a day that it has not. Its year must be written: without it the day cannot be told. */
export function isoOfPersian({ year, month, day }: CalendarDay): string | undefined {
  if (year === undefined || !isPersianYear(year) || month < 1 || month > 12 || day < 1 || day > (month <= 6 ? 31 : 30)) return undefined;
  const ordinal = (month - 1) * 30 + Math.min(month - 1, 6) + day - 1;
  const at = firstDay(year) + ordinal * dayMs;
  return at >= firstDay(year + 1) ? undefined : new Date(at).toISOString().slice(0, 10);
}
