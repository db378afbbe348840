import { isUtf8 } from 'node:buffer';
import { type Fault, type PostedSignal, parsePostedSignal } from '@samenhang/domain';
import { type Allowed, allows, type Limits, type ProblemCode } from '@samenhang/runtime';
import type { Line } from './read-lines.ts';

/** Why an item is not taken. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors: readonly Fault[];
}

/** One thing that was posted: a signal that may be accepted, or why not. */
export type Item = { readonly kind: 'signal'; readonly posted: PostedSignal } | ({ readonly kind: 'refused' } & Refusal);

/** What an item is held to. */
export interface ItemRules {
  readonly limits: Limits;
  /** The sources that the poster may speak for. */
  readonly sources: Allowed;
}

/** An item that is not taken, with a detail that names the first of its faults. */
export const refuse = (code: ProblemCode, detail: string, errors: readonly Fault[] = []): Item => ({
  kind: 'refused',
  code,
  detail,
  errors,
});

/** Parses one value of a body into a signal of a source that the poster may speak for. */
export function parseItem(value: unknown, { limits, sources }: ItemRules): Item {
  const parsed = parsePostedSignal(value, limits.depth);
  if (parsed.kind === 'refused') {
    const first = parsed.faults[0];
    return refuse('signal-invalid', `The signal is not valid: ${first?.pointer ?? ''} ${first?.detail ?? ''}`.trimEnd(), parsed.faults);
  }
  if (!allows(sources, parsed.posted.source))
    return refuse('source-forbidden', 'This key may not post for the source that the signal names.', [
      { pointer: '/source', code: 'forbidden', detail: 'Not a source of this key.' },
    ]);
  return { kind: 'signal', posted: parsed.posted };
}

const tooLarge = ({ limits }: ItemRules): Item => refuse('item-too-large', `A signal may be at most ${limits.itemBytes} bytes.`);

/** Parses one line of NDJSON. */
export function parseLine(line: Line, rules: ItemRules): Item {
  if (line === 'too-long') return tooLarge(rules);
  const parsed = parseJson(line);
  return parsed === undefined ? refuse('body-unreadable', 'The line is not well-formed JSON in UTF-8.') : parseItem(parsed.value, rules);
}

/** Parses one member of a JSON array; `mayBeLarge` when the whole array is larger than a single signal may be. */
export function parseMember(value: unknown, rules: ItemRules, mayBeLarge: boolean): Item {
  const item = parseItem(value, rules);
  if (!mayBeLarge || item.kind === 'refused') return item;
  return Buffer.byteLength(JSON.stringify(value)) > rules.limits.itemBytes ? tooLarge(rules) : item;
}

/** The value that these bytes are as JSON in UTF-8 (a byte order mark is skipped); undefined when they are not. */
export function parseJson(bytes: Buffer): { readonly value: unknown } | undefined {
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8', bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
