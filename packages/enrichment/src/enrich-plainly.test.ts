import { readFileSync } from 'node:fs';
import { eld } from 'eld/small';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findNames } from './find-names.ts';
import { findNumbers } from './find-numbers.ts';
import { findRareWords, findWords } from './find-words.ts';
import { guessLanguage } from './language/guess-language.ts';
import { plainFindings } from './plain-findings.fixture.ts';
import { tokenise } from './tokenise.ts';
import { vocabularyOf } from './vocabulary.ts';

interface Report {
  readonly title: string;
  readonly text: string;
  readonly lang: string;
}

const reports: readonly Report[] = readFileSync(new URL('../../../tests/evaluation/hybrid.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));
const texts = reports.map(({ title, text, lang }) => ({ text: `${title}\n${text}`, lang }));
const languages = [...new Set(reports.map(({ lang }) => lang))];
const noPlaces: ReadonlySet<string> = new Set();

function findings(text: string, language: string | null, posted: ReadonlySet<string>) {
  const tokens = tokenise(text, vocabularyOf(language));
  return {
    mentions: [...findNames(tokens, language, posted), ...findNumbers(text)],
    words: findWords(tokens),
    rareWords: findRareWords(tokens),
  };
}

/** Words of the reports, and what a tokeniser may trip over. */
const pieces = [
  ...texts.flatMap(({ text }, at) => (at % 7 === 0 ? text.split(' ') : [])),
  ...[
    'İ',
    'ΑΣ',
    '’',
    "'",
    '𝐀𝐁-12',
    'e\u0301',
    '(',
    '（',
    '国网',
    'AB-12',
    '1.000,5',
    'ﬁ',
    'ẞ',
    'ǅ',
    '½',
    'Ⅷ',
    '٣٤',
    '\n',
    'A.',
    '#x',
    '@y',
    '\ud800',
  ],
];
const anyText = fc
  .tuple(fc.array(fc.constantFrom(...pieces), { maxLength: 40, size: 'max' }), fc.constantFrom(' ', ' ', '', '. ', '-'))
  .map(([words, between]) => words.join(between));
const anyLanguage = fc.constantFrom(...languages, 'xx', null);
const eldLanguage = (text: string): string | null => {
  const detected = eld.detect(text);
  return detected.language !== '' && detected.isReliable() ? detected.language : null;
};

describe('what is found fast', () => {
  it.each(languages)('is what is found the plain way in reports in %s', (language) => {
    for (const { text } of texts.filter(({ lang }) => lang === language))
      for (const written of [text, text.normalize('NFD'), text.toUpperCase(), text.replaceAll(' ', '. ')])
        expect(findings(written, language, noPlaces)).toEqual(plainFindings(written, language, noPlaces));
  });

  it('law: is what is found the plain way, whatever the text and the language, seen before or not', () => {
    fc.assert(
      fc.property(anyText, anyLanguage, fc.constantFrom(...pieces), (text, language, place) => {
        const posted = new Set([place.toLowerCase()]);
        expect(findings(text, language, posted)).toEqual(plainFindings(text, language, posted));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the language that is guessed', () => {
  it('is the one that eld finds in every report', () => {
    for (const { text } of texts)
      for (const sample of [text.slice(0, 200), text.slice(60, 120)]) expect(guessLanguage(sample)).toBe(eldLanguage(sample));
  });

  it('law: is the one that eld finds in any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(guessLanguage(text.slice(0, 200))).toBe(eldLanguage(text.slice(0, 200)));
      }),
      { numRuns: 2_000 },
    );
  });
});
