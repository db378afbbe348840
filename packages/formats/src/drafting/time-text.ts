import { type Fidelity, type ObservedAt, parseTime } from '@samenhang/domain';

/** The text when it is a time as signals write it (ISO 8601 instant, day, month, year); a lower-case `t` or `z`, a blank for the `T` and a missing zone (UTC) are put right. */
export function timeText(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const trimmed = text.trim().toUpperCase().replace(' ', 'T').replace(' ', '');
  if (trimmed.length > 40) return undefined;
  if (parseTime(trimmed) !== undefined) return trimmed;
  const compact = /^(.*[+-]\d\d)(\d\d)$/.exec(trimmed);
  const repaired = compact === null ? `${trimmed}Z` : `${compact[1]}:${compact[2]}`;
  return parseTime(repaired) === undefined ? undefined : repaired;
}

/** Seconds since 1970 as an instant; undefined outside the years 1970 to 9999. */
export function instantOfSeconds(seconds: number | undefined): string | undefined {
  if (seconds === undefined || seconds <= 0 || seconds >= 253_402_300_800) return undefined;
  return new Date(Math.round(seconds * 1_000)).toISOString();
}

/** An interval, an instant when only one end is known or both are the same, or undefined; ends in the wrong order are taken as written the wrong way round. */
export function observedBetween(start: string | undefined, end: string | undefined): ObservedAt | undefined {
  const first = timeText(start);
  const last = timeText(end);
  if (first === undefined || last === undefined || first === last) return first ?? last;
  const from = parseTime(first)?.startMs ?? 0;
  const to = parseTime(last)?.endMs ?? 0;
  return from <= to ? { start: first, end: last } : { start: last, end: first };
}

const lengths: Readonly<Partial<Record<Fidelity, number>>> = { day: 10, month: 7, year: 4 };

/** Cuts an instant to the fidelity it is meant with: a day, month or year; finer ones stay as they are. */
export function withFidelity(text: string | undefined, fidelity: string | undefined): string | undefined {
  const length = fidelity === 'day' || fidelity === 'month' || fidelity === 'year' ? lengths[fidelity] : undefined;
  return text === undefined || length === undefined ? text : text.slice(0, length);
}

/** Milliseconds since 1970 at which a time starts; undefined when it is none. */
export const startMsOf = (text: string | undefined): number | undefined => {
  const time = timeText(text);
  return time === undefined ? undefined : parseTime(time)?.startMs;
};
