import { readFileSync } from 'node:fs';

interface Header {
  readonly languages: readonly string[];
  readonly leastScores: readonly number[];
  readonly highBytes: readonly number[];
}

/** An n-gram has at most so many characters of one byte each. */
export const longestNgram = 6;
/** What eld took off every score to keep its file small. */
const scoreBase = 53;
const slotCount = 2 ** 17;
const lineFeed = 10;
const letterBytes = 0x10000 / 8;

/** How often short runs of bytes occur in each language (the "small" database of eld), in one table that is read without making a string. */
export class NgramTable {
  readonly languages: readonly string[];
  /** The least share of the greatest possible score, per language, from which on a result is relied upon. */
  readonly leastScores: readonly number[];
  /** One for each unit that is a letter. */
  readonly letters = new Uint8Array(0x10000);
  /** The character that stands for a byte of UTF-8. */
  readonly characters = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  /** The first four characters, the last two, and where the scores begin. */
  readonly #slots = new Int32Array(slotCount * 4);
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    const line = bytes.indexOf(lineFeed);
    const header: Header = JSON.parse(new TextDecoder().decode(bytes.subarray(0, line)));
    this.languages = header.languages;
    this.leastScores = header.leastScores;
    this.characters.set(header.highBytes, 128);
    this.#bytes = bytes;
    const bits = line + 1;
    for (let unit = 0; unit < 0x10000; unit++) this.letters[unit] = ((bytes[bits + (unit >> 3)] ?? 0) >> (unit & 7)) & 1;
    for (let at = bits + letterBytes; at < bytes.length; ) {
      const length = bytes[at] ?? 0;
      const scores = at + 1 + length;
      this.#put(at + 1, scores);
      at = scores + 1 + (bytes[scores] ?? 0) * 2;
    }
  }

  /** Adds to the score of each language what an n-gram of at most six characters (four in `first`, lowest byte first, two in `rest`) says for it. */
  addScores(first: number, rest: number, scores: Int32Array): void {
    const place = this.#slots[this.#slotOf(first, rest) + 2] ?? 0;
    if (place === 0) return;
    const end = place + 1 + (this.#bytes[place] ?? 0) * 2;
    for (let at = place + 1; at < end; at += 2) {
      const language = this.#bytes[at] ?? 0;
      scores[language] = (scores[language] ?? 0) + (this.#bytes[at + 1] ?? 0) + scoreBase;
    }
  }

  #put(from: number, scores: number): void {
    let [first, rest] = [0, 0];
    for (let at = from; at < scores; at++) {
      const place = at - from;
      if (place < 4) first |= (this.#bytes[at] ?? 0) << (place * 8);
      else rest |= (this.#bytes[at] ?? 0) << ((place - 4) * 8);
    }
    const slot = this.#slotOf(first, rest);
    this.#slots[slot] = first;
    this.#slots[slot + 1] = rest;
    this.#slots[slot + 2] = scores;
  }

  #slotOf(first: number, rest: number): number {
    const slots = this.#slots;
    const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(rest + 1, 0x85ebca6b);
    let slot = ((mixed ^ (mixed >>> 15)) & (slotCount - 1)) * 4;
    while (slots[slot + 2] !== 0 && (slots[slot] !== first || slots[slot + 1] !== rest)) slot = (slot + 4) & (slotCount * 4 - 1);
    return slot;
  }
}

let read: NgramTable | undefined;

/** The table that `build-language-ngrams.ts` wrote. Read at first use. */
export function ngramTable(): NgramTable {
  read ??= new NgramTable(readFileSync(new URL('../../data/language-ngrams.bin', import.meta.url)));
  return read;
}
