const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const minute = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});
const countries = new Intl.DisplayNames('en', { type: 'region' });

export const formatDay = (instant) => day.format(new Date(instant));
export const formatInstant = (instant) => `${minute.format(new Date(instant))} UTC`;

/** A time as it was written, no more exact than it was known. */
export function formatTime(text) {
  if (/^\d{4}$/.test(text)) return text;
  if (/^\d{4}-\d\d$/.test(text))
    return new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${text}-01T00:00:00Z`));
  return text.length === 10 ? formatDay(`${text}T00:00:00Z`) : formatInstant(text);
}

export const formatObserved = (observed) =>
  typeof observed === 'string' ? formatTime(observed) : `${formatTime(observed.start)} – ${formatTime(observed.end)}`;

/** A span of days, no word said twice: "3 – 9 Feb 2025", "7 Apr – 2 Dec 2025". */
export const formatSpan = (first, last) => day.formatRange(new Date(first), new Date(last));

/** Start and end of what was observed, in milliseconds. */
export function spanOf(observed) {
  const [start, end] = typeof observed === 'string' ? [observed, observed] : [observed.start, observed.end];
  return { start: startOf(start), end: Math.max(startOf(start), endOf(end)) };
}

const startOf = (text) =>
  Date.parse(
    text.length === 4
      ? `${text}-01-01T00:00:00Z`
      : text.length === 7
        ? `${text}-01T00:00:00Z`
        : text.length === 10
          ? `${text}T00:00:00Z`
          : text,
  );

function endOf(text) {
  const at = new Date(startOf(text));
  if (text.length === 4) return at.setUTCFullYear(at.getUTCFullYear() + 1);
  if (text.length === 7) return at.setUTCMonth(at.getUTCMonth() + 1);
  return text.length === 10 ? at.getTime() + 86_399_999 : at.getTime();
}

export const formatBits = (bits) => `${bits < 0 ? '−' : '+'}${Math.abs(bits).toFixed(1)}`;

export function formatPlace({ name, country }) {
  const land = country === undefined ? undefined : (countries.of(country) ?? country);
  return [name, land].filter(Boolean).join(', ') || 'a point on the map';
}

export const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

export const shorten = (text, length) => (text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`);
