import { ibanLength, isIban, isImoNumber } from './check-digits.ts';
import type { FoundObservable } from './found-observable.ts';

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isCapital = (code: number): boolean => code >= 65 && code <= 90;

/** A telephone number that begins with `+` at `start`: 8 to 15 digits with at most two marks between them. The longest possible is 40 characters. */
export function readPhone(text: string, start: number): FoundObservable | undefined {
  let digits = 0;
  let gap = 0;
  let end = start + 1;
  for (let at = start + 1; at < text.length && at < start + 40; at += 1) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) {
      digits += 1;
      gap = 0;
      end = at + 1;
      if (digits > 15) return undefined;
    } else if (' ()-./\u00a0\u2011'.includes(text[at] ?? '') && gap < 2 && digits > 0) gap += 1;
    else break;
  }
  return digits < 8 || text.charCodeAt(start + 1) === 48 ? undefined : { type: 'phone', value: text.slice(start, end), start, end };
}

/** An IBAN that begins at `start`, written together or in groups with single spaces, with valid check digits. */
export function readIban(text: string, start: number): FoundObservable | undefined {
  const length = ibanLength(text.slice(start, start + 2));
  if (length === undefined) return undefined;
  let value = '';
  let at = start;
  for (; at < text.length && value.length < length; at += 1) {
    const code = text.charCodeAt(at);
    if (isDigit(code) || isCapital(code)) value += text[at];
    else if ((code === 32 || code === 0xa0 || code === 45) && value.length >= 4 && text.charCodeAt(at - 1) !== code) continue;
    else return undefined;
  }
  const next = text.charCodeAt(at);
  if (isDigit(next) || isCapital(next)) return undefined;
  return isIban(value) ? { type: 'iban', value, start, end: at } : undefined;
}

/** A ship by its IMO number or MMSI, when the letters stand before the digits: `IMO 9074729`, `IMO-nummer: 9074729`, `MMSI 244660000`. */
export function readVessel(text: string, start: number, end: number): FoundObservable | undefined {
  const found = /^(IMO|MMSI)?[-:]?(\d{7}|\d{9})$/.exec(text.slice(start, end));
  if (found === null) return undefined;
  const [, word, digits = ''] = found;
  const before = word ?? /\b(IMO|MMSI)\b[^\d\n]{0,14}$/.exec(text.slice(Math.max(0, start - 18), start))?.[1];
  if (before === 'MMSI') return digits.length === 9 && /^[2-7]/.test(digits) ? { type: 'mmsi', value: digits, start, end } : undefined;
  return before === 'IMO' && isImoNumber(digits) ? { type: 'vessel', value: `IMO ${digits}`, start, end } : undefined;
}

/** Nationality marks of aircraft in and around Europe, with what follows the dash. */
const registrations =
  /^(?:(?:PH|OO|LX|OE|HB|EC|SE|OY|LN|OH|SP|OK|OM|HA|YR|LZ|TC|UR|ES|YL|LY|TF|EI|CS|9H|5B|SX|S5|9A|A6|4X|EP|SU|JY)-[A-Z]{3}|[DGFIC]-[A-Z]{4}|(?:RA|EW|UP|UK)-\d{5}|B-\d{4})$/;
const aviation =
  /aircraft|airplane|aeroplane|plane|jet|drone|helicopter|tail|registration|vliegtuig|toestel|kist|avion|flugzeug|kennzeichen|aereo|samolot|самол|борт|uçak|طائر/iu;

/** An aircraft by its registration, when aviation is spoken of within the 60 characters before it. */
export function readAircraft(text: string, start: number, end: number): FoundObservable | undefined {
  const mark = text.slice(start, end);
  if (!registrations.test(mark) || !aviation.test(text.slice(Math.max(0, start - 60), start))) return undefined;
  return { type: 'aircraft', value: mark, start, end };
}
