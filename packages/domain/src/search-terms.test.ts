import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factTerm, observableTerm, wordTerms } from './search-terms.ts';

const words = ['harbour', 'Kåble', 'Ильич', '海底電纜', 'Ἀθῆναι', 'نور', '2031', 'ﬁle', 'x'] as const;

describe('search terms', () => {
  test.each([
    ['Kåble  KABLE', ['word:kable']],
    ['ﬁle №5', ['word:file', 'word:no5']],
    ['海底電纜', ['word:海底', 'word:底電', 'word:電纜']],
    ['?! —', []],
  ])('of %j are %j', (text, terms) => {
    expect(wordTerms(text)).toEqual(terms);
  });

  test('of a fact ignore case, and stay short however long the fact is', () => {
    expect(factTerm('country', 'NL')).toBe('country:nl');
    expect(observableTerm({ type: 'url', value: `https://a.example/${'x'.repeat(5_000)}` }).length).toBeLessThanOrEqual(200);
    expect(observableTerm({ type: 'url', value: `${'x'.repeat(5_000)}a` })).not.toBe(
      observableTerm({ type: 'url', value: `${'x'.repeat(5_000)}b` }),
    );
  });

  test('never are more than the limit', () => {
    expect(wordTerms('one two three four', 2)).toEqual(['word:one', 'word:two']);
  });

  test('law: a text is found by any of its words, in any case and composition', () => {
    const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 12 });
    const form = fc.constantFrom('NFC', 'NFD', 'NFKC');
    fc.assert(
      fc.property(text, form, fc.nat(), (picked, composition, at) => {
        const word = picked[at % picked.length] ?? '';
        const found = new Set(wordTerms(picked.join(', ')));

        expect(wordTerms(word.normalize(composition).toUpperCase()).every((term) => found.has(term))).toBe(true);
      }),
    );
  });
});
