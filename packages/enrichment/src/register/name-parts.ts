import type { Token } from '../tokenise.ts';
import type { WordTable } from '../word-table.ts';
import type { NamePiece } from './name-pieces.ts';

/** A piece of a text that names are compared by; its span is in UTF-16 units of the text. */
export interface NamePart extends NamePiece {
  /** Which of the pieces that are in any name it is. */
  readonly symbol: number;
  /** True when it goes on where the part before it ends, with nothing between them that cannot be inside a name. */
  readonly joins: boolean;
}

const insideName = /^[\s\p{Pd}'’ʼ"“”„«»״׳.&/·・‧_\u{200c}]*$/u;
const longestGap = 6;
const space = 32;
const shortBeforeStop = 3;

/** The words and characters of a text that can be in a name by their key, in order, with where they stand in it; all of them when nothing is known of names. */
export function namePartsOf(text: string, tokens: readonly Token[], symbols?: WordTable): readonly NamePart[] {
  const parts: NamePart[] = [];
  let before: Token | undefined;
  let broken = true;
  for (const token of tokens) {
    const { keyHash } = token.word;
    if (keyHash !== undefined && symbols?.mayHave(keyHash) === false) {
      broken = true;
      before = token;
      continue;
    }
    for (const piece of token.word.pieces) {
      const symbol = symbols?.numberOf(piece.key, piece.keyHash) ?? 0;
      if (symbol >= 0) {
        const joins = !broken && (piece.start > 0 || (before !== undefined && areJoined(text, before, token)));
        parts.push({ ...piece, start: token.start + piece.start, end: token.start + piece.end, symbol, joins });
      }
      broken = symbol < 0;
    }
    before = token;
  }
  return parts;
}

function areJoined(text: string, before: Token, token: Token): boolean {
  const width = token.start - before.end;
  if (width > longestGap) return false;
  if (width === 1 && text.charCodeAt(before.end) === space) return true;
  const gap = text.slice(before.end, token.start);
  if (!insideName.test(gap) || gap.indexOf('\n') !== gap.lastIndexOf('\n')) return false;
  return !gap.includes('.') || before.word.text.length <= shortBeforeStop;
}
