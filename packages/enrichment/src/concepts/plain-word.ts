import { isAscii } from '../is-ascii.ts';

const inPlain = (word: string): string => word.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ı', 'i');

/** What a character is by itself; undefined where it was not asked for yet, null where it depends on what stands around it: half of a pair, a sigma that may end the word. */
const plains: (string | null | undefined)[] = Array<string | null | undefined>(0x10000);

function plainUnit(unit: number): string | null {
  const character = String.fromCharCode(unit);
  const half = unit >= 0xd800 && unit <= 0xdfff;
  const alone = half || character.normalize('NFKD').includes('Σ') ? null : inPlain(character);
  plains[unit] = alone;
  return alone;
}

/** A word as the lexicon compares it: lower case, without accents, vowel signs and the dot of a Turkish i; scripts are kept apart. */
export function plainWord(word: string): string {
  if (isAscii(word)) return word.toLowerCase();
  let plain = '';
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at);
    const known = plains[unit];
    const character = known === undefined ? plainUnit(unit) : known;
    if (character === null) return inPlain(word);
    plain += character;
  }
  return plain;
}
