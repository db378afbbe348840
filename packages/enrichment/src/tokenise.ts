import { digit, mark, other, pairClassAt, pairWidthAt, surrogate, unitClasses } from './character-class.ts';
import { unitsOf } from './units.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';
import type { Word } from './word.ts';

/** One word or number of a text, with its span in UTF-16 units. */
export interface Token {
  readonly word: Word;
  readonly start: number;
  readonly end: number;
  /** True for the first word of a title, line or sentence: a capital there says little. */
  readonly opens: boolean;
  /** True when only a space or a hyphen, or the full stop of an initial, stands between it and the token before. */
  readonly follows: boolean;
}

const codesOf = (characters: string): ReadonlySet<number> => new Set([...characters].map((character) => character.charCodeAt(0)));
const sentenceEnds = codesOf('.!?:;\n\r…؟。•|*');
const joiners = codesOf(" -’'");
const addressPattern = /^(?:https?|hxxps?):\/\/|^www\./i;
const longestScheme = 8;
const space = 32;
const hash = 35;
const stop = 46;
const atSign = 64;
const underscore = 95;
const noBreakSpace = 0xa0;

/** The end of the word that begins at a place. */
function wordEnd(text: string, units: Uint16Array, from: number): number {
  let at = from;
  while (at < text.length) {
    const kind = unitClasses[units[at] ?? 0];
    if (kind === surrogate && pairClassAt(text, at) !== other) at += pairWidthAt(text, at);
    else if (kind === other || kind === surrogate) break;
    else at++;
  }
  return at;
}

/** The end of a handle or hashtag: letters, digits and underscores. */
function handleEnd(text: string, units: Uint16Array, from: number): number {
  let at = wordEnd(text, units, from);
  while (at < text.length && units[at] === underscore) at = wordEnd(text, units, at + 1);
  return at;
}

function spaceAfter(text: string, units: Uint16Array, from: number): number {
  let at = from;
  while (at < text.length && (units[at] ?? 0) > space && units[at] !== noBreakSpace) at++;
  return at;
}

/** True when what stands between two words ends a sentence or line: a full stop that ends an initial does not. */
function endsSentence(units: Uint16Array, from: number, to: number, lettersBefore: number): boolean {
  for (let at = from; at < to; at++) {
    const code = units[at] ?? 0;
    if (code !== space && sentenceEnds.has(code) && (code !== stop || lettersBefore > 1)) return true;
  }
  return false;
}

function followsOn(units: Uint16Array, from: number, to: number, lettersBefore: number): boolean {
  if (to - from === 1) return joiners.has(units[from] ?? 0);
  return lettersBefore === 1 && to - from === 2 && units[from] === stop && units[from + 1] === space;
}

const lowerCase = 32;
const letterH = 104;
const letterT = 116;
const letterW = 119;
const letterX = 120;

/** True where an address begins, with its scheme or `www.`; most words are told by two letters. */
function beginsAddress(text: string, units: Uint16Array, at: number): boolean {
  const first = (units[at] ?? 0) | lowerCase;
  if (first !== letterH && first !== letterW) return false;
  const second = (units[at + 1] ?? 0) | lowerCase;
  const may = first === letterW ? second === letterW : second === letterT || second === letterX;
  return may && addressPattern.test(text.slice(at, at + longestScheme));
}

/**
 * Splits a text once, in time linear in its length; every later finder works on these tokens, whose words know what their language says of them. Web addresses, handles and
 * hashtags are passed over whole.
 */
export function tokenise(text: string, vocabulary: Vocabulary = vocabularyOf(null)): readonly Token[] {
  const units = unitsOf(text);
  const tokens: Token[] = [];
  let lastEnd = 0;
  let lastLength = 0;
  for (let at = 0; at < text.length; ) {
    const unit = units[at] ?? 0;
    const isPair = unitClasses[unit] === surrogate;
    const kind = isPair ? pairClassAt(text, at) : unitClasses[unit];
    if (kind === other || kind === mark) {
      const next = at + (isPair ? pairWidthAt(text, at) : 1);
      at = unit === hash || unit === atSign ? handleEnd(text, units, next) : next;
      continue;
    }
    if (beginsAddress(text, units, at)) {
      at = spaceAfter(text, units, at);
      continue;
    }
    const end = wordEnd(text, units, at);
    const spaced = at === lastEnd + 1 && lastEnd > 0 && units[lastEnd] === space;
    tokens.push({
      word: vocabulary.wordAt(text, at, end, kind === digit),
      start: at,
      end,
      opens: !spaced && (lastEnd === 0 || endsSentence(units, lastEnd, at, lastLength)),
      follows: spaced || (lastEnd > 0 && followsOn(units, lastEnd, at, lastLength)),
    });
    lastEnd = end;
    lastLength = end - at;
    at = end;
  }
  return tokens;
}
