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

const isHalf = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

/** The class of every unit of the first plane; `surrogate` for halves of pairs. */
export const unitClasses: Uint8Array = Uint8Array.from({ length: 0x10000 }, (_, unit) =>
  isHalf(unit) ? surrogate : classify(String.fromCharCode(unit)),
);

/** The class of the character of which the first half, or a half alone, stands at a place. */
export const pairClassAt = (text: string, at: number): number => classify(String.fromCodePoint(text.codePointAt(at) ?? 0));

/** How many units the character takes of which a half stands at a place. */
export const pairWidthAt = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
