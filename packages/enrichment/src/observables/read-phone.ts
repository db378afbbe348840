import type { FoundObservable } from './found-observable.ts';
import { sentenceNear } from './sentence-near.ts';

/** The value of a digit: European, Arabic or Persian. */
function digitOf(code: number): number | undefined {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 0x660 && code <= 0x669) return code - 0x660;
  return code >= 0x6f0 && code <= 0x6f9 ? code - 0x6f0 : undefined;
}

interface Digits {
  readonly digits: string;
  readonly end: number;
}

/** Digits with at most two marks between them, in at most 40 characters; the `(0)` of a trunk line after a country code is left out. */
function readDigits(text: string, start: number): Digits {
  let digits = '';
  let gap = 0;
  let end = start;
  for (let at = start; at < text.length && at < start + 40; at += 1) {
    const digit = digitOf(text.charCodeAt(at));
    if (digit !== undefined) {
      digits += digit;
      gap = 0;
      end = at + 1;
    } else if (digits !== '' && text.startsWith('(0)', at)) at += 2;
    else if (' ()-./\u00a0\u2011'.includes(text[at] ?? '') && gap < 2 && digits !== '') gap += 1;
    else break;
  }
  return { digits, end };
}

/** A telephone number that begins with `+` at `start`: 8 to 15 digits with at most two marks between them. */
export function readPhone(text: string, start: number): FoundObservable | undefined {
  const { digits, end } = readDigits(text, start + 1);
  return digits.length < 8 || digits.length > 15 || digits.startsWith('0') ? undefined : { type: 'phone', value: `+${digits}`, start, end };
}

const telephony =
  /(?<!\p{L})(?:tel|telefo|téléphon|teléfon|phone|mobile|mobiel|gsm|handy|whatsapp|signal|sms|call|caller|bel|belde|beller|anruf|rief|appel|llam|móvil|dzwon|zadzwon|komórk|телефон|тел|звон|позвон|дзвон|подзвон|мобильн|мобільн|ara(?:dı|yan)|cep)|هاتف|اتصال|اتصل|جوال|تلفن/iu;
const numbered = /(?:№|n[°º]|#|(?<!\p{L})ref\.?:?)\s*$/iu;

/** A number that is dialled inside a country, or with 00 in front, where telephones are spoken of in the sentence; 00 becomes `+`. */
export function readDialled(text: string, start: number): FoundObservable | undefined {
  const { digits, end } = readDigits(text, start);
  const abroad = /^00[1-9]/.test(digits);
  if (!(abroad ? digits.length >= 10 && digits.length <= 17 : /^(?:0[1-9]\d{7,9}|8[3-9]\d{9})$/.test(digits))) return undefined;
  const { left, right } = sentenceNear(text, { start, end, before: 48, after: 32 });
  if (numbered.test(left) || !(telephony.test(left) || telephony.test(right))) return undefined;
  return { type: 'phone', value: abroad ? `+${digits.slice(2)}` : digits, start, end };
}
