/** Any value JSON can carry. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** JSON with object keys sorted by UTF-16 code unit and without absent members: equal values give equal bytes (RFC 8785 for what we store). */
export function canonicalJson(value: unknown): string {
  const ordered = inOrder(value);
  return ordered === unorderable ? spelledOut(value) : (JSON.stringify(ordered) ?? 'null');
}

/** Stands for a value with an object whose members no JavaScript object holds in the order of their keys. */
const unorderable = Symbol('unorderable');

/** The value with the members of every object in order, itself where they are already: JSON of that is written in one go, which is much faster than piece by piece. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return listInOrder(value);
  return isObject(value) ? objectInOrder(value) : value;
}

function listInOrder(list: readonly unknown[]): unknown {
  let copy: unknown[] | undefined;
  for (let at = 0; at < list.length; at++) {
    const member = list[at];
    if (!isObject(member)) continue;
    const ordered = inOrder(member);
    if (ordered === unorderable) return unorderable;
    if (ordered === member) continue;
    copy ??= [...list];
    copy[at] = ordered;
  }
  return copy ?? list;
}

function objectInOrder(object: Readonly<Record<string, unknown>>): unknown {
  const keys = Object.keys(object);
  if (!isRising(keys)) return copyInOrder(object, keys.sort());
  let copy: Record<string, unknown> | undefined;
  for (const key of keys) {
    const member = object[key];
    if (!isObject(member)) continue;
    const ordered = inOrder(member);
    if (ordered === member) continue;
    if (ordered === unorderable || !isOrderable(key)) return unorderable;
    copy ??= { ...object };
    copy[key] = ordered;
  }
  return copy ?? object;
}

function copyInOrder(object: Readonly<Record<string, unknown>>, keys: readonly string[]): unknown {
  const copy: Record<string, unknown> = {};
  for (const key of keys) {
    const ordered = inOrder(object[key]);
    if (ordered === unorderable || !isOrderable(key)) return unorderable;
    copy[key] = ordered;
  }
  return copy;
}

function isRising(keys: readonly string[]): boolean {
  for (let at = 1; at < keys.length; at++) if ((keys[at - 1] ?? '') > (keys[at] ?? '')) return false;
  return true;
}

/** False for the names of array elements, which come first in every object, and for the one that sets no member. */
function isOrderable(key: string): boolean {
  const first = key.charCodeAt(0);
  return !(first >= 48 && first <= 57) && key !== '__proto__';
}

function spelledOut(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spelledOut).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  let members = '';
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${spelledOut(member)}`;
  }
  return `{${members}}`;
}
