import { digitValue } from './digit-value.ts';

const marks = /[\s()./\u2011-]/g;
/** A number as it is dialled from another country: 8 to 15 digits behind the zeros. */
const abroad = /^00(?=[1-9]\d{7,14}$)/;
const foreignDigits = /[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g;

/**
 * A telephone number in its one form: European digits without marks between them; the `(0)` of a trunk line behind a country code is left out and `00` in front is `+`. What else
 * it holds stays, in lower case. Doing it twice is the same as once.
 */
export function normalPhone(written: string): string {
  const text = written.replace(foreignDigits, (digit) => String(digitValue(digit.charCodeAt(0))));
  const country = text.search(/\d/) + 1;
  const dialled = text.slice(0, country) + text.slice(country).replaceAll('(0)', '');
  return dialled.replace(marks, '').toLowerCase().replace(abroad, '+');
}
