import { unitsOf } from '../units.ts';

/** What a chunk of text holds, as bits: only chunks with a digit, sign or mark can be an observable. */
export const marks = { digit: 1, dot: 2, at: 4, hash: 8, colon: 16, slash: 32, bracket: 64, plus: 128, dash: 256 } as const;

/** A run of text between spaces and marks that end words. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly marks: number;
}

const classes = new Uint16Array(128);
const delimiter = 0x8000;
for (let code = 0; code <= 32; code += 1) classes[code] = delimiter;
for (const character of '<>"`|^\u007f') classes[character.charCodeAt(0)] = delimiter;
for (const character of '0123456789') classes[character.charCodeAt(0)] = marks.digit;
for (const [character, mark] of [
  ['.', marks.dot],
  ['@', marks.at],
  ['#', marks.hash],
  [':', marks.colon],
  ['/', marks.slash],
  ['[', marks.bracket],
  ['(', marks.bracket],
  ['{', marks.bracket],
  ['+', marks.plus],
  ['-', marks.dash],
] as const) {
  classes[character.charCodeAt(0)] = mark;
}

/** Wide punctuation and scripts written without spaces end a chunk: an address inside them is Latin. */
const endsChunk = (code: number): boolean =>
  code === 0xa0 ||
  (code >= 0x2000 && code <= 0x206f && code !== 0x200c && code !== 0x200d && code !== 0x2010 && code !== 0x2011) ||
  code === 0xab ||
  code === 0xbb ||
  (code >= 0x3000 && code <= 0x9fff) ||
  (code >= 0xff00 && code <= 0xffef);

/** Commas and semicolons, Latin and Arabic, and the equals sign. */
const isSoft = (code: number): boolean => code === 44 || code === 59 || code === 61 || code === 0x60c || code === 0x61b;

const inAddress = marks.colon | marks.slash;
/** What a chunk must hold for that character to be a part of it: an equals sign is in a path, the others only in an address with a scheme. */
const needed = (code: number): number => (code === 61 ? marks.slash : inAddress);

/** Gives every chunk that may hold an observable, left to right, in one pass. Commas, semicolons and equals signs end a chunk unless it is an address with a path. */
export function scanChunks(text: string, visit: (chunk: Chunk) => void): void {
  let start = -1;
  let found = 0;
  const close = (end: number): void => {
    if (start >= 0 && found !== 0) visit({ start, end, marks: found });
    start = -1;
    found = 0;
  };
  const units = unitsOf(text);
  for (let at = 0; at < text.length; at += 1) {
    const code = units[at] ?? 0;
    const kind = code < 128 ? (classes[code] ?? 0) : endsChunk(code) ? delimiter : 0;
    const soft =
      isSoft(code) && ((found & needed(code)) !== needed(code) || text.startsWith('http', at + 1) || text.startsWith('hxxp', at + 1));
    if (kind === delimiter || soft) close(at);
    else {
      if (start < 0) start = at;
      found |= kind;
    }
  }
  close(text.length);
}
