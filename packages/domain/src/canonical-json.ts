/** Any value JSON can carry. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** JSON with object keys sorted by UTF-16 code unit and without absent members: equal values give equal bytes (RFC 8785 for what we store). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return canonicalList(value);
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  let members = '';
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

function canonicalList(list: readonly unknown[]): string {
  let members = '';
  for (const [at, member] of list.entries()) members += at === 0 ? canonicalJson(member) : `,${canonicalJson(member)}`;
  return `[${members}]`;
}
