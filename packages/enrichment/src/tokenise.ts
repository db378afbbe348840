import { classAt, digit, letter, mark, other } from './character-class.ts';
import { type WordForm, wordForm } from './word-form.ts';

/** One word or number of a text, with its span in UTF-16 units. */
export interface Token extends WordForm {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** True for the first word of a title, line or sentence: a capital there says little. */
  readonly opens: boolean;
  /** True when only a space or a hyphen, or the full stop of an initial, stands between it and the token before. */
  readonly follows: boolean;
}

const sentenceEnds = new Set([...'.!?:;\n\r…؟。•|*']);
const addressPattern = /^(?:https?|hxxps?):\/\/|^www\./i;
const longestScheme = 8;
const [hash, atSign, underscore] = [35, 64, 95];

const widthAt = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

/** The end of the word that begins at a place. */
function wordEnd(text: string, from: number): number {
  let at = from + widthAt(text, from);
  while (at < text.length) {
    const kind = classAt(text, at);
    if (kind !== letter && kind !== digit && kind !== mark) break;
    at += widthAt(text, at);
  }
  return at;
}

/** The end of a handle or hashtag: letters, digits and underscores. */
function handleEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && (text.charCodeAt(at) === underscore || classAt(text, at) !== other)) at += widthAt(text, at);
  return at;
}

function spaceAfter(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) > 32 && text.charCodeAt(at) !== 0xa0) at++;
  return at;
}

/** True when what stands between two words ends a sentence or line: a full stop that ends an initial does not. */
function endsSentence(text: string, from: number, to: number, lettersBefore: number): boolean {
  for (let at = from; at < to; at++) {
    const character = text.charAt(at);
    if (sentenceEnds.has(character) && (character !== '.' || lettersBefore > 1)) return true;
  }
  return false;
}

function followsOn(text: string, from: number, to: number, lettersBefore: number): boolean {
  if (to - from === 1) return " -’'".includes(text.charAt(from));
  return lettersBefore === 1 && to - from === 2 && text.startsWith('. ', from);
}

const mayBeginAddress = (text: string, at: number): boolean =>
  'hHwW'.includes(text.charAt(at)) && addressPattern.test(text.slice(at, at + longestScheme));

/** Splits a text once, in time linear in its length; every later finder works on these tokens. Web addresses, handles and hashtags are passed over whole. */
export function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let lastEnd = 0;
  let lastLength = 0;
  for (let at = 0; at < text.length; ) {
    const kind = classAt(text, at);
    if (kind === other || kind === mark) {
      const handle = text.charCodeAt(at) === hash || text.charCodeAt(at) === atSign;
      const next = at + widthAt(text, at);
      at = handle ? handleEnd(text, next) : next;
      continue;
    }
    if (mayBeginAddress(text, at)) {
      at = spaceAfter(text, at);
      continue;
    }
    const end = wordEnd(text, at);
    tokens.push(tokenOf(text, at, end, kind === digit, lastEnd, lastLength));
    lastEnd = end;
    lastLength = end - at;
    at = end;
  }
  return tokens;
}

function tokenOf(text: string, start: number, end: number, numeric: boolean, lastEnd: number, lastLength: number): Token {
  const found = text.slice(start, end);
  const { folded, capital, unicameral } = wordForm(found, numeric);
  return {
    text: found,
    folded,
    start,
    end,
    opens: lastEnd === 0 || endsSentence(text, lastEnd, start, lastLength),
    numeric,
    capital,
    unicameral,
    follows: lastEnd > 0 && followsOn(text, lastEnd, start, lastLength),
  };
}
