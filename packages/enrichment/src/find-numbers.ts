import type { Mention } from '@samenhang/domain';

/** Digits with separators inside, letters directly before or after: one pass, no nested quantifier. */
const pattern = /(?<![\p{L}\p{N}])(?:\p{Lu}{1,4}-?)?\d[\d.,:\u00a0\u202f]{0,30}(?:\p{Ll}{1,4}(?![\p{L}\p{N}]))?/gu;
const digitGroup = /[.,\u00a0\u202f](?=\d{3}(?!\d))/g;
const trailing = /[.,:\u00a0\u202f]+$/;

const isYear = (digits: string): boolean => digits.length === 4 && (digits.startsWith('19') || digits.startsWith('20'));

/** The comparable form: thousands closed up, decimal and time separators as one point. */
const canonical = (text: string): string => text.replaceAll(digitGroup, '').replace(trailing, '').replaceAll(/[,:]/g, '.').toLowerCase();

/** Numbers of two digits and more, amounts, times and codes with letters; never a bare year. */
export function findNumbers(text: string): readonly Mention[] {
  const found: Mention[] = [];
  for (const match of text.matchAll(pattern)) {
    const value = canonical(match[0]);
    const digits = value.replaceAll(/\D/g, '');
    if (digits.length < 2 || isYear(value)) continue;
    const start = match.index;
    const end = start + match[0].replace(trailing, '').length;
    found.push({ kind: /[a-z]/.test(value) ? 'code' : 'number', value, start, end });
  }
  return found;
}
