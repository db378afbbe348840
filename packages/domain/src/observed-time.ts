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

const pattern = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?)?)?$/;

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

const inRange = (text: string | undefined, low: number, high: number): boolean =>
  text === undefined || (Number(text) >= low && Number(text) <= high);

function validParts(parts: readonly (string | undefined)[]): boolean {
  const [, year, month, day, hour, minute, second] = parts;
  return (
    inRange(month, 1, 12) &&
    inRange(day, 1, daysIn(Number(year), Number(month ?? 1))) &&
    inRange(hour, 0, 23) &&
    inRange(minute, 0, 59) &&
    inRange(second, 0, 60)
  );
}

/** Reads an ISO 8601 instant, day, month or year as the span of time it means; undefined when it is not one or names no real day. */
export function parseTime(text: string): TimeSpan | undefined {
  const parts = pattern.exec(text);
  if (parts === null || !validParts(parts)) return undefined;
  const [, year, month, day, hour, minute, second, zone] = parts;
  const y = Number(year);
  if (month === undefined) return { startMs: Date.UTC(y, 0, 1), endMs: Date.UTC(y + 1, 0, 1) - 1, fidelity: 'year' };
  if (day === undefined) return { startMs: Date.UTC(y, Number(month) - 1, 1), endMs: Date.UTC(y, Number(month), 1) - 1, fidelity: 'month' };
  if (hour === undefined) {
    const startMs = Date.UTC(y, Number(month) - 1, Number(day));
    return { startMs, endMs: startMs + 86_399_999, fidelity: 'day' };
  }
  const startMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second === '60' ? '59' : (second ?? '00')}${zone}`);
  if (Number.isNaN(startMs)) return undefined;
  return { startMs, endMs: startMs + (second === undefined ? 59_999 : 999), fidelity: second === undefined ? 'minute' : 'second' };
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
  const end = parseTime(typeof observedAt === 'string' ? observedAt : observedAt.end);
  if (start === undefined || end === undefined) throw new RangeError(`not a time: ${JSON.stringify(observedAt)}`);
  const vaguer = fidelities.indexOf(start.fidelity) >= fidelities.indexOf(end.fidelity) ? start : end;
  return { startMs: start.startMs, endMs: end.endMs, fidelity: vaguer.fidelity };
}
