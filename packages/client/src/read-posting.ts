import { draftOfRecord } from './labelled-record.ts';
import { localProblem, type ProblemReport } from './problem-error.ts';
import { readLines } from './read-lines.ts';

/** One signal of a file, as JSON text to post, or why there is none; `line` is its line, or its place in an array, from 1. */
export type PostingItem =
  | { readonly kind: 'signal'; readonly line: number; readonly text: string }
  | { readonly kind: 'unreadable'; readonly line: number; readonly problem: ProblemReport };

/** Characters of a file that may be one JSON document over many lines. */
const documentLimit = 128 * 1024 * 1024;

/**
 * The signals of a file: NDJSON, one JSON object, or a JSON array, whichever it is; labelled records are mapped. NDJSON is read as a stream; a JSON
 * document over several lines is held in memory.
 */
export async function* readPosting(chunks: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<PostingItem> {
  let line = 0;
  let begun: string[] | undefined;
  let first = true;
  let chars = 0;
  for await (const text of readLines(chunks)) {
    line++;
    if (begun === undefined && text.trim() === '') continue;
    const alone = begun === undefined && (!first || parses(text));
    first = false;
    if (alone) {
      yield* itemsOfLine(text, line, file);
      continue;
    }
    begun ??= [];
    begun.push(text);
    chars += text.length;
    if (chars <= documentLimit) continue;
    yield* itemsOfDocument(begun, file);
    begun = undefined;
  }
  if (begun !== undefined) yield* itemsOfDocument(begun, file);
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Lines that are one document together, or each by itself when they are not. */
function* itemsOfDocument(lines: readonly string[], file: string): Generator<PostingItem> {
  const whole = lines.join('\n');
  if (parses(whole)) yield* itemsOfLine(whole, 1, file);
  else for (const [at, line] of lines.entries()) if (line.trim() !== '') yield* itemsOfLine(line, at + 1, file);
}

function* itemsOfLine(text: string, line: number, file: string): Generator<PostingItem> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    yield { kind: 'unreadable', line, problem: localProblem('The line is not JSON', error instanceof Error ? error.message : '') };
    return;
  }
  if (Array.isArray(value)) {
    for (const [at, member] of value.entries()) yield { kind: 'signal', line: at + 1, text: JSON.stringify(draftOfRecord(member, file)) };
    return;
  }
  const draft = draftOfRecord(value, file);
  yield { kind: 'signal', line, text: draft === value && !text.includes('\n') ? text : JSON.stringify(draft) };
}
