import type { InternTable } from './intern-table.ts';

const pattern = /^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{6}Z$/;
const million = 1_000_000;

const digits = (text: string, from: number, to: number): number => {
  let value = 0;
  for (let at = from; at < to; at++) value = 10 * value + text.charCodeAt(at) - 48;
  return value;
};

/** Writes when a signal was received as two integers: half hours and microseconds, which order as the texts do, when it is written to the microsecond; else minus one and the text's number. */
export function writeReceived(text: string, array: Int32Array, at: number, strings: InternTable): void {
  if (!pattern.test(text)) {
    array[at] = -1;
    array[at + 1] = strings.numberOf(text);
    return;
  }
  const day = (digits(text, 0, 4) * 16 + digits(text, 5, 7)) * 32 + digits(text, 8, 10);
  const minutes = digits(text, 11, 13) * 60 + digits(text, 14, 16);
  array[at] = (day << 6) | Math.floor(minutes / 30);
  array[at + 1] = ((minutes % 30) * 60 + digits(text, 17, 19)) * million + digits(text, 20, 26);
}

/** Negative, zero or positive as one text of two that were written is before the other, the same or after it. */
export function compareReceived(x: Int32Array, from: number, y: Int32Array, to: number, strings: InternTable): number {
  const [left, right] = [x[from] ?? 0, y[to] ?? 0];
  if (left >= 0 && right >= 0) return left - right || (x[from + 1] ?? 0) - (y[to + 1] ?? 0);
  const [a, b] = [receivedText(x, from, strings), receivedText(y, to, strings)];
  return a === b ? 0 : a < b ? -1 : 1;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** The text that was written. */
export function receivedText(array: Int32Array, at: number, strings: InternTable): string {
  const [half, micros] = [array[at] ?? 0, array[at + 1] ?? 0];
  if (half < 0) return strings.text(micros);
  const day = half >> 6;
  const seconds = Math.floor(micros / million);
  const minutes = (half & 63) * 30 + Math.floor(seconds / 60);
  const date = `${String(day >> 9).padStart(4, '0')}-${two((day >> 5) & 15)}-${two(day & 31)}`;
  const time = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}`;
  return `${date}T${time}.${String(micros % million).padStart(6, '0')}Z`;
}
