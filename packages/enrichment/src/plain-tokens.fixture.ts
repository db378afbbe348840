// How a text is split into words, written to be read and not to be fast: what the tokeniser is held to.
import anyAscii from 'any-ascii';

/** What a word is by itself, wherever it stands. */
interface WordForm {
  readonly folded: string;
  readonly numeric: boolean;
  readonly capital: boolean;
  readonly unicameral: boolean;
}

/** Lower-case ASCII letters and digits of a word in any script; a word of ASCII keeps its marks. */
export const plainFold = (word: string): string =>
  /^\p{ASCII}*$/u.test(word)
    ? word.toLowerCase()
    : anyAscii(word.normalize('NFC'))
        .toLowerCase()
        .replaceAll(/[^a-z0-9]/g, '');

function formOf(word: string, numeric: boolean): WordForm {
  const first = String.fromCodePoint(word.codePointAt(0) ?? 0);
  const lower = first.toLowerCase();
  const capital = first !== lower;
  return { folded: numeric ? '' : plainFold(word), numeric, capital, unicameral: !numeric && !capital && lower === first.toUpperCase() };
}

type Kind = 'other' | 'letter' | 'digit' | 'mark';

function classAt(text: string, at: number): Kind {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (/^\p{L}$/u.test(character)) return 'letter';
  if (/^\p{Nd}$/u.test(character)) return 'digit';
  if (/^\p{N}$/u.test(character)) return 'letter';
  return /^\p{M}$/u.test(character) ? 'mark' : 'other';
}

/** One word or number of a text, with its span in UTF-16 units. */
export interface PlainToken extends WordForm {
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
    if (kind === 'other') break;
    at += widthAt(text, at);
  }
  return at;
}

/** The end of a handle or hashtag: letters, digits and underscores. */
function handleEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && (text.charCodeAt(at) === underscore || classAt(text, at) !== 'other')) at += widthAt(text, at);
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

/** The words of a text, read the plain way. */
export function plainTokens(text: string): readonly PlainToken[] {
  const tokens: PlainToken[] = [];
  let lastEnd = 0;
  let lastLength = 0;
  for (let at = 0; at < text.length; ) {
    const kind = classAt(text, at);
    if (kind === 'other' || kind === 'mark') {
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
    tokens.push(tokenOf(text, at, end, kind === 'digit', lastEnd, lastLength));
    lastEnd = end;
    lastLength = end - at;
    at = end;
  }
  return tokens;
}

function tokenOf(text: string, start: number, end: number, numeric: boolean, lastEnd: number, lastLength: number): PlainToken {
  const found = text.slice(start, end);
  const { folded, capital, unicameral } = formOf(found, numeric);
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
