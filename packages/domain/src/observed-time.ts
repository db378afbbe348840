import { z } from 'zod';

/** How exactly a time is known, from exact to vague. */
export const fidelities = ['second', 'minute', 'hour', 'day', 'month', 'year'] as const;
export type Fidelity = (typeof fidelities)[number];

/** A closed interval of time in milliseconds since 1970, with the fidelity it was written with. */
export interface TimeSpan {
  readonly startMs: number;
  readonly endMs: number;
  readonly fidelity: Fidelity;
}

const pattern = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?)?)?$/;

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The number that two digits write. */
const twoAt = (text: string, at: number): number => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;

/** Milliseconds that the clock of the zone at the end of the text is ahead; undefined where there is no such zone. */
function aheadMs(text: string): number | undefined {
  if (text.endsWith('Z')) return 0;
  const sign = text.length - 6;
  const [hours, minutes] = [twoAt(text, sign + 1), twoAt(text, sign + 4)];
  if (hours > 23 || minutes > 59) return undefined;
  return (text.charAt(sign) === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function parseInstant(text: string, midnightMs: number): TimeSpan | undefined {
  const [hour, minute, ahead] = [twoAt(text, 11), twoAt(text, 14), aheadMs(text)];
  if (hour > 23 || minute > 59 || ahead === undefined) return undefined;
  const minuteMs = midnightMs + (hour * 60 + minute) * 60_000 - ahead;
  if (text.charAt(16) !== ':') return { startMs: minuteMs, endMs: minuteMs + 59_999, fidelity: 'minute' };
  const second = twoAt(text, 17);
  if (second > 60) return undefined;
  const startMs = minuteMs + Math.min(second, 59) * 1_000;
  return { startMs, endMs: startMs + 999, fidelity: 'second' };
}

/** Reads an ISO 8601 instant, day, month or year as the span of time it means; undefined when it is not one or names no real day. */
export function parseTime(text: string): TimeSpan | undefined {
  if (!pattern.test(text)) return undefined;
  const year = Number(text.slice(0, 4));
  if (text.length === 4) return { startMs: Date.UTC(year, 0, 1), endMs: Date.UTC(year + 1, 0, 1) - 1, fidelity: 'year' };
  const month = twoAt(text, 5);
  if (month < 1 || month > 12) return undefined;
  if (text.length === 7) return { startMs: Date.UTC(year, month - 1, 1), endMs: Date.UTC(year, month, 1) - 1, fidelity: 'month' };
  const day = twoAt(text, 8);
  if (day < 1 || day > daysIn(year, month)) return undefined;
  const startMs = Date.UTC(year, month - 1, day);
  if (text.length === 10) return { startMs, endMs: startMs + 86_399_999, fidelity: 'day' };
  // `Date.UTC` takes the years below 100 for those of the twentieth century.
  return parseInstant(text, year < 100 ? Date.parse(`${text.slice(0, 10)}T00:00Z`) : startMs);
}

export const TimeText = z
  .string()
  .max(40)
  .refine((text) => parseTime(text) !== undefined, { message: 'is not an ISO 8601 instant, day, month or year of the calendar' });

export const ObservedAt = z.union([
  TimeText,
  z
    .strictObject({ start: TimeText, end: TimeText })
    .refine(({ start, end }) => (parseTime(start)?.startMs ?? 0) <= (parseTime(end)?.endMs ?? 0), { message: 'ends before it starts' }),
]);
/** When something was observed: an instant, a day, a month, a year, or an interval of these. */
export type ObservedAt = z.infer<typeof ObservedAt>;

/** The span an `ObservedAt` covers; throws RangeError on text that the schema would have refused. */
export function observedSpan(observedAt: ObservedAt): TimeSpan {
  const start = parseTime(typeof observedAt === 'string' ? observedAt : observedAt.start);
  const end = typeof observedAt === 'string' ? start : parseTime(observedAt.end);
  if (start === undefined || end === undefined) throw new RangeError(`not a time: ${JSON.stringify(observedAt)}`);
  const vaguer = fidelities.indexOf(start.fidelity) >= fidelities.indexOf(end.fidelity) ? start : end;
  return { startMs: start.startMs, endMs: end.endMs, fidelity: vaguer.fidelity };
}
