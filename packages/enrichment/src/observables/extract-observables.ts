import { normaliseObservable, refang } from '@samenhang/domain';
import type { FoundObservable } from './found-observable.ts';
import { isLoneMark, longestMark } from './lone-mark.ts';
import { isNumbering } from './numbering.ts';
import { readAircraft, readIban, readSpacedCve, readVessel } from './read-number.ts';
import { readDialled, readPhone } from './read-phone.ts';
import { readWord } from './read-word.ts';
import { type Chunk, marks, scanChunks } from './scan-chunks.ts';

/** Longest word that is looked at: addresses are shorter, encoded data is longer. */
const wordLimit = 2_048;

const opening = new Set("([{'*_“‘„‚¿¡");
const closing = new Set(".,;:!?'*_)]}”’…،؛؟");

/**
 * The observables in running text, left to right, each in its one form with its span: addresses (also made harmless: `hxxp`, `[.]`, `(at)`), hashes, numbers with
 * check digits, vulnerabilities, techniques, accounts and hashtags. One pass; time is linear in the text, whatever it holds.
 */
export function extractObservables(text: string): readonly FoundObservable[] {
  const found: FoundObservable[] = [];
  let covered = 0;
  scanChunks(text, (chunk) => {
    if (chunk.start < covered || chunk.end - chunk.start > wordLimit) return;
    if (isShortNumber(text, chunk) && !mayBeDialled(text, chunk)) return;
    const apart = isApart(text, chunk) ? spanApart(text, chunk) : undefined;
    // The words around lone marks are read once, whether they are an address or not.
    if (apart !== undefined) covered = apart.end;
    for (const item of apart === undefined ? readChunk(text, chunk) : readApart(text, apart)) {
      found.push({ ...normaliseObservable({ type: item.type, value: item.value }), start: item.start, end: item.end });
      covered = Math.max(covered, item.end);
    }
  });
  return found;
}

/** Most chunks with a digit are years and amounts: nothing that starts with one and is shorter than seven characters is an observable. */
const isShortNumber = (text: string, { start, end, marks: found }: Chunk): boolean =>
  found === marks.digit && end - start < 7 && text.charCodeAt(start) <= 57 && !opening.has(text[start] ?? '');

/** A number with 0 in front, or 8 as in Russia, may be the first part of a telephone number. */
const mayBeDialled = (text: string, { start, end, marks: found }: Chunk): boolean =>
  (found & marks.digit) !== 0 && (text[start] === '0' || (text[start] === '8' && (end - start > 10 || text.startsWith(' (', start + 1))));

const isApart = (text: string, { start, end, marks: found }: Chunk): boolean =>
  (found & marks.bracket) !== 0 && end - start <= longestMark && isLoneMark(text.slice(start, end));

const isBlank = (code: number): boolean => Number.isNaN(code) || code <= 32;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The words around lone marks, as in `name [at] host [dot] org`. At most eight marks and words, each of at most 64 characters. */
function spanApart(text: string, { start, end }: Chunk): Span {
  let from = Math.max(0, start - 1);
  while (from > start - 66 && from > 0 && !isBlank(text.charCodeAt(from - 1))) from -= 1;
  let to = end;
  for (let count = 0; count < 8 && text[to] === ' '; count += 1) {
    let next = to + 1;
    while (next < to + 66 && !isBlank(text.charCodeAt(next))) next += 1;
    if (count % 2 === 1 && !isLoneMark(text.slice(to + 1, next))) break;
    to = next;
  }
  return { start: from, end: to };
}

function readApart(text: string, { start, end }: Span): readonly FoundObservable[] {
  const trimmed = trimWord(text, start, end);
  const word = refang(text.slice(trimmed.start, trimmed.end).replaceAll(' ', ''));
  return readWord(word, true).map((item) => ({ ...item, ...trimmed }));
}

/** Without the marks that stand around a word in a sentence; a closing bracket stays when the word opened it. */
function trimWord(text: string, from: number, to: number): Span {
  let start = from;
  let end = to;
  while (start < end && opening.has(text[start] ?? '')) start += 1;
  const balanced = (closer: string, opener: string): boolean => text[end - 1] === closer && text.slice(start, end).includes(opener);
  while (end > start && closing.has(text[end - 1] ?? '') && !balanced(')', '(') && !balanced(']', '[') && !balanced('}', '{')) end -= 1;
  return { start, end };
}

/** Most chunks are the last word of a sentence, or two words with a dash: nothing with only a dash is longer than the registration of an aircraft. */
const isPlainWord = (text: string, found: number, { start, end }: Span): boolean =>
  (found === marks.dot && text.indexOf('.', start) >= end) || (found === marks.dash && end - start > 8);

const isArabic = (code: number): boolean => code >= 0x621 && code <= 0x64a;

/** Without what grammar joins to a name: `'dan` behind it in Turkish, `و` before it in Arabic. */
function withoutJoined(text: string, { start, end }: Span): Span {
  let from = start;
  while (from < start + 3 && isArabic(text.charCodeAt(from))) from += 1;
  const before = from > start && /[A-Za-z0-9]/.test(text[from] ?? '') ? from : start;
  let apostrophe = end - 2;
  while (apostrophe > before && apostrophe > end - 7 && text[apostrophe] !== "'") apostrophe -= 1;
  const behind = text[apostrophe] === "'" && apostrophe > before && /^'\p{Ll}+$/u.test(text.slice(apostrophe, end)) ? end - apostrophe : 0;
  return { start: before, end: end - behind };
}

function readChunk(text: string, chunk: Chunk): readonly FoundObservable[] {
  const trimmed = trimWord(text, chunk.start, chunk.end);
  if (isPlainWord(text, chunk.marks, trimmed)) return [];
  const span = withoutJoined(text, trimmed);
  if (mayBeDialled(text, chunk)) {
    const phone = readDialled(text, span.start);
    if (phone !== undefined) return [phone];
    if (isShortNumber(text, chunk)) return [];
  }
  const number = readMarkedNumber(text, chunk.marks, span);
  if (number !== undefined) return [number];
  const written = text.slice(span.start, span.end);
  const word = (chunk.marks & marks.bracket) === 0 ? refangScheme(written) : refang(written);
  const sure = word !== written;
  const items = readWord(word, sure);
  if (word === written && items[0]?.type === 'ipv4' && items[0].value === written && isNumbering(text, span)) return [];
  if (items.length > 0) return items.map((item) => ({ ...item, ...span }));
  return (chunk.marks & (marks.colon | marks.slash)) === 0 || word !== written ? [] : readPieces(text, span);
}

const refangScheme = (word: string): string => (word.includes(':') && /^(?:hxx|h\*\*|fxp)/i.test(word) ? refang(word) : word);

/** `sha256:ab12…`, `IP:192.0.2.1`, `T1105/T1071.001`: the parts between colons and slashes, when the whole is nothing. */
function readPieces(text: string, { start, end }: Span): readonly FoundObservable[] {
  const found: FoundObservable[] = [];
  let from = start;
  for (let count = 0; count < 8 && from < end; count += 1) {
    let to = from;
    while (to < end && text[to] !== ':' && text[to] !== '/') to += 1;
    if (to - from >= 4) found.push(...readPiece(text, { start: from, end: to }));
    from = to + 1;
  }
  return found;
}

function readPiece(text: string, { start, end }: Span): readonly FoundObservable[] {
  const vessel = readVessel(text, start, end);
  return vessel === undefined ? readWord(text.slice(start, end), false).map((item) => ({ ...item, start, end })) : [vessel];
}

/** Numbers that may go on beyond the chunk, or that mean something only by the word before them. */
function readMarkedNumber(text: string, found: number, { start, end }: Span): FoundObservable | undefined {
  const aircraft = (found & marks.dash) === 0 ? undefined : readAircraft(text, start, end);
  if (aircraft !== undefined || (found & (marks.digit | marks.plus)) === 0) return aircraft;
  if ((found & marks.plus) !== 0) {
    const plus = text.indexOf('+', start);
    const before = plus === start ? ':' : text[plus - 1];
    const phone = plus < end && (before === ':' || before === '.' || before === '(') ? readPhone(text, plus) : undefined;
    if (phone !== undefined) return phone;
  }
  const iban = text.charCodeAt(start + 2) <= 57 ? readIban(text, start) : undefined;
  if (iban !== undefined || end - start < 7) return iban;
  return readVessel(text, start, end) ?? ((found & marks.dash) === 0 ? undefined : readSpacedCve(text, start, end));
}
