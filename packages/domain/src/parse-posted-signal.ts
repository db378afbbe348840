import { type Fault, faultsOf } from './fault.ts';
import { jsonPointer } from './json-pointer.ts';
import { PostedSignal } from './signal.ts';

/** A signal that may be accepted, or everything that is wrong with it. */
export type ParsedSignal =
  | { readonly kind: 'parsed'; readonly posted: PostedSignal }
  | { readonly kind: 'refused'; readonly faults: readonly Fault[] };

const refused = (fault: Fault): ParsedSignal => ({ kind: 'refused', faults: [fault] });

type Walked = { readonly value: unknown } | Fault;

const isFault = (walked: Walked): walked is Fault => 'pointer' in walked;

function walkList(list: readonly unknown[], path: readonly PropertyKey[], room: number, verbatim: boolean): Walked {
  let changed: unknown[] | undefined;
  for (let at = 0; at < list.length; at++) {
    const member = list[at];
    if (typeof member !== 'object' || member === null) continue;
    const walked = walk(member, [...path, at], room - 1, verbatim);
    if (isFault(walked)) return walked;
    if (walked.value === member) continue;
    changed ??= [...list];
    changed[at] = walked.value;
  }
  return { value: changed ?? list };
}

function walkObject(object: object, path: readonly PropertyKey[], room: number, verbatim: boolean): Walked {
  const members = Object.entries(object);
  let changed = false;
  for (const entry of members) {
    const [key, member] = entry;
    if (key === '__proto__') return { pointer: jsonPointer([...path, key]), code: 'forbidden-field', detail: 'This name is never taken.' };
    if (member === null && !verbatim) changed = true;
    if (typeof member !== 'object' || member === null) continue;
    const walked = walk(member, [...path, key], room - 1, verbatim || (path.length === 0 && key === 'raw'));
    if (isFault(walked)) return walked;
    changed ||= walked.value !== member;
    entry[1] = walked.value;
  }
  return { value: changed ? Object.fromEntries(verbatim ? members : members.filter(([, member]) => member !== null)) : object };
}

/** The value without members that are null (except inside `raw`); a fault where it is nested too deeply or names `__proto__`. Recursion ends at the depth limit. */
function walk(value: object, path: readonly PropertyKey[], room: number, verbatim: boolean): Walked {
  if (room < 0) return { pointer: jsonPointer(path.slice(0, 8)), code: 'too-deep', detail: 'This is nested too deeply.' };
  return Array.isArray(value) ? walkList(value, path, room, verbatim) : walkObject(value, path, room, verbatim);
}

/** Parses what JSON gave into a posted signal with its defaults: nulls count as absent except inside `raw`, unknown fields are refused, nesting is bounded. Never throws. */
export function parsePostedSignal(value: unknown, maxDepth = 64): ParsedSignal {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refused({ pointer: '', code: 'invalid-type', detail: 'A signal is a JSON object.' });
  const walked = walk(value, [], maxDepth, false);
  if (isFault(walked)) return refused(walked);
  const parsed = PostedSignal.safeParse(walked.value);
  return parsed.success ? { kind: 'parsed', posted: parsed.data } : { kind: 'refused', faults: faultsOf(parsed.error, walked.value) };
}
