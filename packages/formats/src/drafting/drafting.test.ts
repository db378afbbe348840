import { PostedSignal } from '@samenhang/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanLine, cleanText, cut } from './clean-text.ts';
import { countryCode } from './country-code.ts';
import { exerciseName } from './exercise-name.ts';
import { revisionOfAge } from './revision-of-age.ts';
import { observedBetween, timeText } from './time-text.ts';

const Line = PostedSignal.shape.themes.unwrap().element;

describe('cleanLine', () => {
  test('law: gives a line that a signal may hold, and the same line for it again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 1, max: 100 }), (text, maximum) => {
        const line = cleanLine(text, maximum);

        expect(line.length).toBeLessThanOrEqual(maximum);
        expect(line.isWellFormed()).toBe(true);
        expect(cleanLine(line, maximum)).toBe(line);
        if (line !== '') expect(Line.safeParse(line).success).toBe(true);
      }),
    );
  });
});

describe('cleanText', () => {
  test('law: leaves no control character but tab and line feed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect([...cleanText(text)].every((character) => character >= ' ' || character === '\n' || character === '\t')).toBe(true);
      }),
    );
  });
});

test('cut never leaves half a surrogate pair', () => {
  expect(cut('a😀', 2)).toBe('a');
});

describe('revisionOfAge', () => {
  test('law: is a revision, 1 at no age, and never smaller for a greater age', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000, max: 10 ** 13 }), fc.nat(10 ** 12), (age, more) => {
        expect(PostedSignal.shape.revision.safeParse(revisionOfAge(age)).success).toBe(true);
        expect(revisionOfAge(age + more)).toBeGreaterThanOrEqual(revisionOfAge(age));
      }),
    );
    expect(revisionOfAge(0)).toBe(1);
  });

  test('tells versions a minute apart for nine months', () => {
    const month = 30 * 86_400_000;

    expect(revisionOfAge(9 * month + 60_000)).toBeGreaterThan(revisionOfAge(9 * month));
  });
});

test.each([
  ['Latvia', 'LV'],
  ['Letland', 'LV'],
  ['Russian Federation', 'RU'],
  ['Azerbaïdjan', 'AZ'],
  ['nl', 'NL'],
  ['UK', 'GB'],
  ['Atlantis', undefined],
  ['EU', undefined],
])('takes the country %s as %s', (text, code) => {
  expect(countryCode(text)).toBe(code);
});

test.each([
  ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z'],
  ['2026-03-01 10:00:00', '2026-03-01T10:00:00Z'],
  ['2026-03-01T10:00:00+0100', '2026-03-01T10:00:00+01:00'],
  ['2026-03', '2026-03'],
  ['2026-02-30', undefined],
  ['soon', undefined],
])('reads the time %s as %s', (text, time) => {
  expect(timeText(text)).toBe(time);
});

test('takes an interval that ends before it starts as written the wrong way round', () => {
  expect(observedBetween('2026-03-02', '2026-03-01')).toEqual({ start: '2026-03-01', end: '2026-03-02' });
});

test.each([
  ['PACE 2026', 'pace-2026'],
  ['', 'exercise'],
  ['Übung №1', 'u-bung-no1'],
])('names the exercise %j %s', (text, name) => {
  expect(exerciseName(text)).toBe(name);
});
