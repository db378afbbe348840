import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignInitials, type LongWord } from './align-initials.ts';

/** Words that count how often they are asked for a form. */
function counted(count: number, form: string): { readonly words: readonly LongWord[]; readonly asked: () => number } {
  let asked = 0;
  const word: LongWord = {
    get forms() {
      asked++;
      return [form];
    },
    small: true,
  };
  return { words: Array.from({ length: count }, () => word), asked: () => asked };
}

describe('aligning the letters of an abbreviation', () => {
  it('law: finds the words when each lends its first letter', () => {
    const word = fc.stringMatching(/^[a-z]{2,8}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 10 }), fc.array(word, { maxLength: 5 }), (long, before) => {
        const words = [...before, ...long].map((form) => ({ forms: [form], small: false }));
        const begin = alignInitials(
          long.map((form) => form.charAt(0)),
          words,
        );

        expect(begin).toBeGreaterThanOrEqual(before.length);
      }),
    );
  });

  it('law: asks words in proportion to letters times words when nothing fits', () => {
    for (const count of [12, 24, 48]) {
      const { words, asked } = counted(count, 'aaaaaaaa');
      const letters = ['b', ...Array<string>(9).fill('a')];

      expect(alignInitials(letters, words)).toBeUndefined();
      expect(asked()).toBeLessThanOrEqual(letters.length * count * 4);
    }
  });
});
