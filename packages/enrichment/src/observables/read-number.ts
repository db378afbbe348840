import { ibanLength, isIban, isImoNumber } from './check-digits.ts';
import type { FoundObservable } from './found-observable.ts';
import { sentenceNear } from './sentence-near.ts';

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isCapital = (code: number): boolean => code >= 65 && code <= 90;

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
  const before = word ?? /(?<!\p{L})(IMO|OMI|ИМО|ІМО|MMSI)(?!\p{L})[^\d\n]{0,14}$/u.exec(text.slice(Math.max(0, start - 18), start))?.[1];
  if (before === 'MMSI') return digits.length === 9 && /^[2-7]/.test(digits) ? { type: 'mmsi', value: digits, start, end } : undefined;
  return before !== undefined && isImoNumber(digits) ? { type: 'vessel', value: `IMO ${digits}`, start, end } : undefined;
}

/** Nationality marks of aircraft in and around Europe, with what follows the dash. */
const registrations =
  /^(?:(?:PH|OO|LX|OE|HB|EC|SE|OY|LN|OH|SP|OK|OM|HA|YR|LZ|TC|UR|ES|YL|LY|TF|EI|CS|9H|5B|SX|S5|9A|A6|4X|EP|SU|JY)-[A-Z]{3}|[DGFIC]-[A-Z]{4}|(?:RA|EW|UP|UK)-\d{5}|B-\d{4})$/;
const aviation =
  /aircraft|airplane|aeroplane|plane|\bjet|drone|helicopter|tail|registration|vliegtuig|toestel|kist|helikopter|avi[oó]n|hélicoptère|helicóptero|elicottero|flugzeug|hubschrauber|kennzeichen|aereo|samolo|śmigłow|самол|вертол|борт|літак|гелікопт|гвинтокрил|uçak|uçağ|kuyruk|طائر|هواپیما|بالگرد/iu;

/** An aircraft by its registration, when its sentence speaks of aviation within 60 characters before it or 40 after it. */
export function readAircraft(text: string, start: number, end: number): FoundObservable | undefined {
  const mark = text.slice(start, end);
  if (!registrations.test(mark)) return undefined;
  const { left, right } = sentenceNear(text, { start, end, before: 60, after: 40 });
  return aviation.test(left) || aviation.test(right) ? { type: 'aircraft', value: mark, start, end } : undefined;
}

/** A vulnerability written with a space for the first dash, as `CVE 2026-12345`: the number that begins at `start`. */
export function readSpacedCve(text: string, start: number, end: number): FoundObservable | undefined {
  const number = text.slice(start, end);
  if (!/^(?:199\d|20\d\d)-\d{4,8}$/.test(number) || !/(?<!\p{L})CVE[ :]$/iu.test(text.slice(Math.max(0, start - 5), start)))
    return undefined;
  return { type: 'cve', value: `CVE-${number}`, start, end };
}
