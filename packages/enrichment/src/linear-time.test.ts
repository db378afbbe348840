import { describe, expect, it } from 'vitest';
import { findDates } from './dates/find-dates.ts';
import { findNames } from './find-names.ts';
import { findNumbers } from './find-numbers.ts';
import { findWords } from './find-words.ts';
import { guessLanguage } from './language/guess-language.ts';
import { tokenise } from './tokenise.ts';

/** Texts made to keep a pattern busy: long runs of what it may repeat, and of what almost ends it. */
const worst: readonly (readonly [name: string, unit: string])[] = [
  ['letters without a space', 'a'],
  ['digits without a space', '1'],
  ['separators', '1.'],
  ['thousands', '1.000.000,'],
  ['combining marks', 'é'],
  ['hashes', '#'],
  ['addresses that do not end', 'https://'],
  ['capitals', 'Ab '],
  ['initials', 'A. '],
  ['letters outside the first plane', '𝐀'],
  ['new lines', '\n'],
  ['days and months', '3 May '],
  ['dates that go on', '03.05.'],
  ['Chinese numerals and months', '十月'],
  ['digits and Chinese months', '1月'],
];

/** The long text is so many times the short one: work in proportion takes about so many times as long, work that grows with the square `times` squared. */
const times = 32;
/** What a busy machine may add; a square would need 32. */
const slack = 10;

/** The fastest of a few runs in milliseconds: noise only ever adds. */
function leastMs(work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5; run++) {
    const began = performance.now();
    work();
    least = Math.min(least, performance.now() - began);
  }
  return least;
}

function read(text: string): void {
  const tokens = tokenise(text);
  findNames(tokens, 'en', new Set());
  findWords(tokens);
  guessLanguage(text.slice(0, 1_000));
  findNumbers(text);
  findDates(text, tokens, 'en');
}

describe('reading a text', () => {
  it.each(worst)('takes time in proportion to the text for %s', (_, unit) => {
    const short = unit.repeat(5_000 / unit.length);
    const long = short.repeat(times);
    read(short);

    const ratio =
      leastMs(() => read(long)) /
      Math.max(
        1,
        leastMs(() => read(short)),
      );

    expect(ratio).toBeLessThan(times * slack);
  });

  it('gives no more tokens than the text has letters', () => {
    expect(tokenise('Ab '.repeat(1_000)).length).toBe(1_000);
    expect(tokenise('a'.repeat(10_000)).length).toBe(1);
  });
});
