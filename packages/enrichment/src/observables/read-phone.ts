import { digitValue, normaliseObservable } from '@samenhang/domain';
import type { FoundObservable } from './found-observable.ts';
import { sentenceNear } from './sentence-near.ts';

/** Where the last digit of a number ends: digits with at most two marks between them, in at most 40 characters; the `(0)` of a trunk line is no mark. */
function phoneEnd(text: string, start: number): number {
  let gap = 0;
  let end = start;
  for (let at = start; at < text.length && at < start + 40; at += 1) {
    if (digitValue(text.charCodeAt(at)) !== undefined) {
      gap = 0;
      end = at + 1;
    } else if (end > start && text.startsWith('(0)', at)) at += 2;
    else if (' ()-./\u00a0\u2011'.includes(text[at] ?? '') && gap < 2 && end > start) gap += 1;
    else break;
  }
  return end;
}

const phoneIn = (text: string, start: number, end: number): string =>
  normaliseObservable({ type: 'phone', value: text.slice(start, end) }).value;

const international = /^\+[1-9]\d{7,14}$/;
const national = /^(?:0[1-9]\d{7,9}|8[3-9]\d{9})$/;

/** A telephone number that begins with `+` at `start`: 8 to 15 digits with at most two marks between them. */
export function readPhone(text: string, start: number): FoundObservable | undefined {
  const end = phoneEnd(text, start + 1);
  const value = phoneIn(text, start, end);
  return international.test(value) ? { type: 'phone', value, start, end } : undefined;
}

const telephony =
  /(?<!\p{L})(?:tel|telefo|téléphon|teléfon|phone|mobile|mobiel|gsm|handy|whatsapp|signal|sms|call|caller|bel|belde|beller|anruf|rief|appel|llam|móvil|dzwon|zadzwon|komórk|телефон|тел|звон|позвон|дзвон|подзвон|мобильн|мобільн|ara(?:dı|yan)|cep)|هاتف|اتصال|اتصل|جوال|تلفن/iu;
const numbered = /(?:№|n[°º]|#|(?<!\p{L})ref\.?:?)\s*$/iu;

/** A number that is dialled inside a country, or with 00 in front, where telephones are spoken of in the sentence; 00 becomes `+`. */
export function readDialled(text: string, start: number): FoundObservable | undefined {
  const end = phoneEnd(text, start);
  const value = phoneIn(text, start, end);
  if (!international.test(value) && !national.test(value)) return undefined;
  const { left, right } = sentenceNear(text, { start, end, before: 48, after: 32 });
  if (numbered.test(left) || !(telephony.test(left) || telephony.test(right))) return undefined;
  return { type: 'phone', value, start, end };
}
