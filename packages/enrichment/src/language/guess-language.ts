import { lettersOf } from './letters-of.ts';
import { longestNgram, type NgramTable, ngramTable } from './ngram-table.ts';

/** eld reads no further than the first space after so many bytes, and never more than so many. */
const [softEnd, hardEnd] = [350, 380];
const longestWord = 70;
const ngramLength = 4;
const stride = 3;
const leastNgrams = 3;
/** eld's scale from the average score of an n-gram to a share of one. */
const scale = 25;
const space = 32;

/** The characters of the text, a byte each, with a zero between words. */
const encoded = new Uint8Array(hardEnd + 8);
/** The n-grams that were counted, by their characters, and in which text. */
const seenSlots = 1_024;
const seen = new Int32Array(seenSlots * 3);
const lastStamp = 2 ** 31 - 1;
let stamp = 0;

/**
 * The language that a text of at most 1,024 units looks like: what eld 2.1 answers with its "small" database, told without an object per n-gram. Null when eld finds its answer
 * unreliable. Linear in the text.
 */
export function guessLanguage(text: string): string | null {
  const table = ngramTable();
  const scores = new Int32Array(table.languages.length);
  const count = countNgrams(encode(lettersOf(text, table.letters), table), table, scores);
  let best = 0;
  for (let language = 1; language < scores.length; language++) if ((scores[language] ?? 0) > (scores[best] ?? 0)) best = language;
  const average = count < leastNgrams ? 0 : (scores[best] ?? 0) / count;
  return average === 0 || average / (average + scale) < (table.leastScores[best] ?? 1) ? null : (table.languages[best] ?? null);
}

/** Writes the words as bytes of UTF-8, each as eld's character for it; gives their number. */
function encode(units: Uint16Array, { characters }: NgramTable): number {
  let length = 0;
  for (let at = 0; at < units.length && length <= hardEnd; at++) {
    const unit = units[at] ?? 0;
    if (unit === space) {
      if (length > softEnd) break;
      encoded[length++] = 0;
    } else if (unit < 0x80) encoded[length++] = unit;
    else {
      if (unit < 0x800) encoded[length++] = characters[0xc0 | (unit >> 6)] ?? 0;
      else {
        encoded[length++] = characters[0xe0 | (unit >> 12)] ?? 0;
        encoded[length++] = characters[0x80 | ((unit >> 6) & 0x3f)] ?? 0;
      }
      encoded[length++] = characters[0x80 | (unit & 0x3f)] ?? 0;
    }
  }
  return length;
}

/** Adds the scores of every distinct n-gram of the first so many bytes; gives their number. */
function countNgrams(length: number, table: NgramTable, scores: Int32Array): number {
  if (stamp === lastStamp) seen.fill(0);
  stamp = stamp === lastStamp ? 1 : stamp + 1;
  let count = 0;
  for (let from = 0; from < length; ) {
    let to = from;
    while (to < length && encoded[to] !== 0) to++;
    if (to > from) count += countInWord(from, to, table, scores);
    from = to + 1;
  }
  return count;
}

/** Four characters at every third place, and the last four, with the spaces around the word. */
function countInWord(from: number, to: number, table: NgramTable, scores: Int32Array): number {
  const length = Math.min(to - from, longestWord);
  let count = 0;
  let at = 0;
  for (; at + ngramLength < length; at += stride)
    count += countOne({ from: from + at, to: from + at + ngramLength, begins: at === 0, ends: false }, table, scores);
  const last = length === 3 ? 0 : Math.max(0, length - ngramLength);
  return count + countOne({ from: from + last, to, begins: at === 0, ends: true }, table, scores);
}

interface Ngram {
  readonly from: number;
  readonly to: number;
  /** True when it has the space before the word, and the one behind it. */
  readonly begins: boolean;
  readonly ends: boolean;
}

/** One when the n-gram is new in the text. The end of a word of more than 70 bytes may be longer than any in the table: it counts and scores nothing. */
function countOne({ from, to, begins, ends }: Ngram, table: NgramTable, scores: Int32Array): number {
  let first = begins ? space : 0;
  let rest = 0;
  let place = begins ? 1 : 0;
  for (let at = from; at < to || (ends && at === to); at++, place++) {
    const character = at === to ? space : (encoded[at] ?? 0);
    if (place < 4) first |= character << (place * 8);
    else if (place < longestNgram) rest |= character << ((place - 4) * 8);
    else first = Math.imul(first ^ character, 0x01000193);
  }
  const long = place > longestNgram;
  if (!isNew(first, long ? -place : rest)) return 0;
  if (!long) table.addScores(first, rest, scores);
  return 1;
}

function isNew(first: number, rest: number): boolean {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(rest + 1, 0x85ebca6b);
  let slot = ((mixed ^ (mixed >>> 15)) & (seenSlots - 1)) * 3;
  for (; seen[slot + 2] === stamp; slot = (slot + 3) % seen.length) if (seen[slot] === first && seen[slot + 1] === rest) return false;
  seen[slot] = first;
  seen[slot + 1] = rest;
  seen[slot + 2] = stamp;
  return true;
}
