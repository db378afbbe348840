/** A JSON object whose members are still unknown. */
export type JsonObject = { readonly [key: string]: unknown };

/** True for a JSON object: not null, not a list. */
export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The member's own value; never one inherited from Object.prototype. */
export const member = (object: JsonObject, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined);

/** The member when it is a string with something in it. */
export function textOf(object: JsonObject, key: string): string | undefined {
  const value = member(object, key);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The member when it is a finite number, or text that is one. */
export function numberOf(object: JsonObject, key: string): number | undefined {
  const value = member(object, key);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** The elements of the member when it is a list; else none. */
export function listOf(object: JsonObject, key: string): readonly unknown[] {
  const value = member(object, key);
  return Array.isArray(value) ? value : [];
}

/** The objects among the elements of the member. */
export const objectsOf = (object: JsonObject, key: string): readonly JsonObject[] => listOf(object, key).filter(isObject);

/** The strings with something in them among the elements of the member; a lone string counts as a list of one. */
export function textsOf(object: JsonObject, key: string): readonly string[] {
  const lone = textOf(object, key);
  if (lone !== undefined) return [lone];
  return listOf(object, key).filter((item): item is string => typeof item === 'string' && item.trim() !== '');
}

/** The member when it is an object. */
export function objectOf(object: JsonObject, key: string): JsonObject | undefined {
  const value = member(object, key);
  return isObject(value) ? value : undefined;
}
