/** The letters of a text that was folded last, by code unit. */
export interface FoldedText {
  readonly letters: Uint16Array;
  readonly length: number;
}

let letters = new Uint16Array(4_096);

const isSpace = (letter: number): boolean => letter === 32 || (letter >= 9 && letter <= 13);

/** Folds text of ASCII letters; undefined when it has any other. */
function foldPlain(text: string): FoldedText | undefined {
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at);
    if (letter > 127) return undefined;
    if (isSpace(letter)) {
      if (length > 0 && letters[length - 1] !== 32) letters[length++] = 32;
    } else letters[length++] = letter >= 65 && letter <= 90 ? letter + 32 : letter;
  }
  return { letters, length: length > 0 && letters[length - 1] === 32 ? length - 1 : length };
}

/** Text with case, accents and runs of white space folded away, so that retyping does not make it different. Valid until the next call. */
export function foldText(text: string): FoldedText {
  if (letters.length < text.length) letters = new Uint16Array(2 * text.length);
  const plain = foldPlain(text);
  if (plain !== undefined) return plain;
  const folded = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim();
  if (letters.length < folded.length) letters = new Uint16Array(2 * folded.length);
  for (let at = 0; at < folded.length; at++) letters[at] = folded.charCodeAt(at);
  return { letters, length: folded.length };
}
