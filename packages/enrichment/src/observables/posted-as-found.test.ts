import { normaliseObservable } from '@samenhang/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extractObservables } from './extract-observables.ts';

const digits = (least: number, most: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: least, maxLength: most }).map((list) => list.join(''));
const separator = fc.constantFrom('', ' ', '-', '.', '\u00a0', ' - '.trim());
const country = fc.constantFrom(['+', '31'], ['00', '31'], ['+', '48'], ['00', '380'], ['+', '1']);
const dot = fc.constantFrom('.', '[.]', '(.)', '{.}', '[dot]', '(DOT)', '[punkt]', '[точка]', '[nokta]', '[[.]]');
const at = fc.constantFrom('@', '[at]', '(at)', '[@]', '{arroba}', '[собака]');
const label = fc.stringMatching(/^[a-z]{3,10}$/);

describe('a value that is posted', () => {
  test('law: is the one that the same writing gives in a text: telephone numbers', () => {
    fc.assert(
      fc.property(
        country,
        fc.constantFrom('', ' ', ' (0)', '(0)'),
        separator,
        digits(3, 3),
        digits(4, 6),
        ([plus, code], trunk, mark, area, rest) => {
          const written = `${plus}${code}${trunk === '' ? mark : trunk}9${area}${mark}${rest}`;
          const [found] = extractObservables(`Call the phone ${written} now`);

          expect(found).toMatchObject({ type: 'phone', value: `+${code}9${area}${rest}` });
          expect(normaliseObservable({ type: 'phone', value: written })).toEqual({ type: 'phone', value: found?.value });
        },
      ),
    );
  });

  test('law: is the one that the same writing gives in a text: hosts and mail boxes that nobody should click on', () => {
    fc.assert(
      fc.property(label, label, dot, at, fc.boolean(), (name, host, point, sign, apart) => {
        const [space, mark] = apart && sign.length > 1 && point.length > 1 ? [' ', point] : ['', point];
        const box = `${name}${space}${sign}${space}${host}xq${space}${mark}${space}org`;
        const page = `hxxps[:]//${host}xq${point}org/a`;
        const [mail] = extractObservables(`Mail ${box} today`);
        const [url] = extractObservables(`See ${page} today`);

        expect(mail).toMatchObject(normaliseObservable({ type: 'email', value: box }));
        expect(url).toMatchObject(normaliseObservable({ type: 'url', value: page }));
      }),
    );
  });
});
