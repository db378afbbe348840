import anyAscii from 'any-ascii';
import { isAscii } from './is-ascii.ts';

const inAscii = (text: string): string =>
  anyAscii(text)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');

/** What a character folds to by itself; undefined where it was not asked for yet, null where its neighbours or its other half may change it. */
const folds: (string | null | undefined)[] = Array<string | null | undefined>(0x10000);

/** Marks, the vowels and ends of Korean syllables, and what has another form in NFC join what stands before them. */
const mayJoin = /[\p{M}\u1100-\u11ff\ud800-\udfff]/u;

function foldUnit(unit: number): string | null {
  const character = String.fromCharCode(unit);
  const alone = mayJoin.test(character) || character.normalize('NFC') !== character ? null : inAscii(character);
  folds[unit] = alone;
  return alone;
}

/** Lower-case ASCII letters and digits of a word in any script (any-ascii transliteration): words that differ in case, accents, normal form or script marks fold to one. */
export function fold(word: string): string {
  if (isAscii(word)) return word.toLowerCase();
  let folded = '';
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at);
    const known = folds[unit];
    const character = known === undefined ? foldUnit(unit) : known;
    if (character === null) return inAscii(word.normalize('NFC'));
    folded += character;
  }
  return folded;
}
