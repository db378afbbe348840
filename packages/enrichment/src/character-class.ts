/** What a UTF-16 unit is to the tokeniser: nothing of a word, a letter or digit, a mark that continues a word, or half of a pair. */
export const other = 0;
export const letter = 1;
export const digit = 2;
export const mark = 3;
export const surrogate = 4;

const letterPattern = /^\p{L}$/u;
const numberPattern = /^\p{N}$/u;
const decimalPattern = /^\p{Nd}$/u;
const markPattern = /^\p{M}$/u;

function classify(character: string): number {
  if (letterPattern.test(character)) return letter;
  if (decimalPattern.test(character)) return digit;
  if (numberPattern.test(character)) return letter;
  return markPattern.test(character) ? mark : other;
}

const classes = new Uint8Array(0x10000);
const known = new Uint8Array(0x10000);

/** The class of the character that begins at a place, and, for one outside the first plane, of both its halves together. Worked out once per character. */
export function classAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (known[unit] === 1)
    return classes[unit] === surrogate ? classify(String.fromCodePoint(text.codePointAt(at) ?? 0)) : (classes[unit] ?? other);
  known[unit] = 1;
  classes[unit] = unit >= 0xd800 && unit <= 0xdfff ? surrogate : classify(String.fromCharCode(unit));
  return classAt(text, at);
}
