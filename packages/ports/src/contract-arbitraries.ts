import type { JsonValue } from '@samenhang/domain';
import fc from 'fast-check';
import type { LogRecord } from './event-log.ts';

/** Any text that UTF-8 can carry: every script, control characters, NUL and characters beyond the first plane included. */
export const anyText = (maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: 'binary', maxLength }),
    fc.constantFrom('', '__proto__', 'constructor', '\u0000', '$where', 'a.b', 'Ильич', '中文', '👩‍👩‍👧', "'; DROP TABLE x --"),
  );

/** Any JSON value, with keys that trip up objects. */
export const anyJson: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    anyText(40),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(anyText(10), tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value;

/** Some bring the JSON of their value with them. */
export const anyRecord: fc.Arbitrary<LogRecord> = fc
  .record(
    {
      key: anyText(40),
      value: anyJson,
      headers: fc.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,10}$/), anyText(20), { maxKeys: 3, noNullPrototype: true }),
      indented: fc.constant(true),
    },
    { requiredKeys: ['key', 'value'], noNullPrototype: true },
  )
  .map(({ indented, ...record }) => (indented ? { ...record, json: JSON.stringify(record.value, null, 1) } : record));

/** Freezes a value all the way down, so that whoever changes what must not be changed is found out. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
}
