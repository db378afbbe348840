import type { Mention } from '@samenhang/domain';
import { unitsOf } from './units.ts';

/** Digits with separators inside, letters directly before or after: one pass, no nested quantifier. */
const pattern = /(?<![\p{L}\p{N}])(?:\p{Lu}{1,4}-?)?\d[\d.,:\u00a0\u202f]{0,30}(?:\p{Ll}{1,4}(?![\p{L}\p{N}]))?/gu;
const digitGroup = /[.,\u00a0\u202f](?=\d{3}(?!\d))/g;
const trailing = /[.,:\u00a0\u202f]+$/;
const digitsAlone = /^\d+$/;
/** A match begins at most so far before its first digit: four letters of two units, and a dash. */
const longestStart = 9;

const isYear = (digits: string): boolean => digits.length === 4 && (digits.startsWith('19') || digits.startsWith('20'));

/** The comparable form: thousands closed up, decimal and time separators as one point. */
const canonical = (text: string): string => text.replaceAll(digitGroup, '').replace(trailing, '').replaceAll(/[,:]/g, '.').toLowerCase();

/** Where the next digit stands, or the end of the text. */
function digitFrom(text: string, from: number): number {
  const units = unitsOf(text);
  let at = from;
  while (at < text.length && !isDigit(units[at] ?? 0)) at++;
  return at;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLowHalf = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

/** Numbers of two digits and more, amounts, times and codes with letters; never a bare year. Linear in the text. */
export function findNumbers(text: string): readonly Mention[] {
  const found: Mention[] = [];
  let from = 0;
  for (let at = digitFrom(text, 0); at < text.length; at = digitFrom(text, from)) {
    const start = Math.max(from, at - longestStart);
    pattern.lastIndex = isLowHalf(text.charCodeAt(start)) ? start + 1 : start;
    const match = pattern.exec(text);
    if (match === null) break;
    from = pattern.lastIndex;
    const mention = mentionOf(match[0], match.index);
    if (mention !== undefined) found.push(mention);
  }
  return found;
}

function mentionOf(written: string, start: number): Mention | undefined {
  if (digitsAlone.test(written))
    return written.length < 2 || isYear(written) ? undefined : { kind: 'number', value: written, start, end: start + written.length };
  const value = canonical(written);
  const digits = value.replaceAll(/\D/g, '');
  if (digits.length < 2 || isYear(value)) return undefined;
  return { kind: /[a-z]/.test(value) ? 'code' : 'number', value, start, end: start + written.replace(trailing, '').length };
}
