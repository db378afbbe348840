import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

/** The same value with the keys of every object in another order. */
function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}

describe('canonical JSON', () => {
  test('sorts keys and leaves out absent members', () => {
    expect(canonicalJson({ b: [1, { d: null, c: undefined }], a: 'é' })).toBe('{"a":"é","b":[1,{"d":null}]}');
  });

  test('puts names of array elements where they belong among other names, and takes __proto__ for a name like any other', () => {
    const value: unknown = JSON.parse('{"10":1,"9":[{"b":1,"a":2}],"$":3,"__proto__":{"z":1,"y":2}}');

    expect(canonicalJson(value)).toBe('{"$":3,"10":1,"9":[{"a":2,"b":1}],"__proto__":{"y":2,"z":1}}');
  });

  test('law: equal values give equal bytes whatever the order of their keys, and the bytes say the value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('law: the keys of every object rise, whatever they are and in whatever order they were given', () => {
    const keys = fc.oneof(fc.string(), fc.nat({ max: 120 }).map(String), fc.constantFrom('a', 'b', '$', '-1', 'é', '\u{1f600}', '\uffff'));
    fc.assert(
      fc.property(fc.array(fc.tuple(keys, keys), { maxLength: 6 }), (pairs) => {
        const distinct = [...new Map(pairs.filter(([key]) => key !== '__proto__'))];
        const sorted = distinct.map(([key]) => key).sort();
        const written = (list: readonly (readonly [string, string])[]): string => canonicalJson({ within: [Object.fromEntries(list)] });

        expect(written([...distinct].reverse())).toBe(
          `{"within":[{${sorted.map((key) => `${JSON.stringify(key)}:${JSON.stringify(new Map(distinct).get(key))}`).join(',')}}]}`,
        );
      }),
    );
  });
});
