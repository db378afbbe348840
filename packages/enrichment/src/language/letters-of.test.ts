import { describe, expect, it } from 'vitest';
import { lettersOf } from './letters-of.ts';
import { ngramTable } from './ngram-table.ts';

const read = (text: string): string => String.fromCharCode(...lettersOf(text, ngramTable().letters));

describe('the letters of a text', () => {
  it.each([
    ['Two  words, 12 — more!', 'two words more'],
    ["l'eau, d’été", "l'eau d’été"],
    ["he said 'no'. 'Yes'", "he said 'no 'yes'"],
    ['ΟΔΟΣ ΟΔΟΣ', 'οδος οδος'],
    ['İzmir', 'i̇zmir'],
    ['𝐀 b \ud800', 'b'],
    ['...', ''],
  ])('of %j are %j', (text, letters) => {
    expect(read(text)).toBe(letters);
  });
});
