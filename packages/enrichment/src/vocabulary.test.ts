import { describe, expect, it } from 'vitest';
import { tokenise } from './tokenise.ts';
import { vocabularyOf } from './vocabulary.ts';
import { WordSet } from './word-set.ts';
import { hashOf, WordTable } from './word-table.ts';

/** Words of which each two have one hash. */
const collisions = ['costarring', 'liquid', 'declinate', 'macallums', 'altarage', 'zinke'];

describe('the vocabulary of a language', () => {
  it('tells words with one hash apart, seen before or not', () => {
    expect(hashOf('costarring')).toBe(hashOf('liquid'));
    const text = collisions.join(' ');

    for (let time = 0; time < 4; time++) expect(tokenise(text, vocabularyOf('en')).map(({ word }) => word.text)).toEqual(collisions);
  });

  it('gives the same words when it has seen more than it keeps', () => {
    const words = Array.from(
      { length: 40_000 },
      (_, at) => `w${at.toString(26).replaceAll(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '')}`,
    );
    const text = words.join(' ');

    for (let time = 0; time < 3; time++) expect(tokenise(text, vocabularyOf('nl')).map(({ word }) => word.folded)).toEqual(words);
  });

  it('is one for languages of which nothing is known', () => {
    expect(vocabularyOf('qq')).toBe(vocabularyOf('zz-unheard'));
  });
});

describe('tables and sets of words', () => {
  it('tell words with one hash apart', () => {
    const table = new WordTable(new Map([['liquid', 7]]));

    expect(table.numberOf('liquid', hashOf('liquid'))).toBe(7);
    expect(table.numberOf('costarring', hashOf('costarring'))).toBe(-1);
    expect(table.mayHave(hashOf('costarring'))).toBe(true);
  });

  it('grow, and are empty after they were emptied', () => {
    const set = new WordSet();
    const words = [...collisions, ...Array.from({ length: 5_000 }, (_, at) => `w${at}`)];

    for (let time = 0; time < 2; time++) {
      set.clear();
      expect(words.some((word) => set.has(word, hashOf(word)))).toBe(false);
      expect(words.every((word) => set.add(word, hashOf(word)))).toBe(true);
      expect(words.some((word) => set.add(word, hashOf(word)))).toBe(false);
      expect(set.size).toBe(words.length);
    }
  });
});
