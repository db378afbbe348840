import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePostedSignal } from './parse-posted-signal.ts';

const good = {
  source: 'post-1',
  externalId: 'a',
  sourceType: 'embassy',
  title: 'A report',
  observedAt: '2026-01-02T03:04:05Z',
  marking: { tlp: 'green' },
} as const;

const faults = (value: unknown) => {
  const parsed = parsePostedSignal(value);
  return parsed.kind === 'refused' ? parsed.faults.map(({ pointer, code }) => `${pointer} ${code}`) : [];
};

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

describe('a posted signal', () => {
  test('has its defaults filled in', () => {
    const parsed = parsePostedSignal(good);

    expect(parsed).toMatchObject({ kind: 'parsed', posted: { revision: 1, kind: 'report', text: '', observables: [] } });
  });

  test('may have null for absent, but keeps nulls in its raw part', () => {
    const parsed = parsePostedSignal({ ...good, lang: null, places: [{ country: 'NL', name: null }], raw: { kept: null } });

    expect(parsed).toMatchObject({ kind: 'parsed', posted: { places: [{ country: 'NL' }], raw: { kept: null } } });
    expect(parsed.kind === 'parsed' && 'lang' in parsed.posted).toBe(false);
  });

  test.each([
    ['nothing', {}, ['/source missing', '/sourceType missing', '/title missing', '/observedAt missing', '/marking missing']],
    ['a number', 42, [' invalid-type']],
    ['null', null, [' invalid-type']],
    ['a list', [good], [' invalid-type']],
    ['an unknown field', { ...good, 'ad/min~': true }, ['/ad~1min~0 unknown-field']],
    ['a wrong type', { ...good, title: { $gt: '' } }, ['/title invalid-type']],
    ['an unknown TLP', { ...good, marking: { tlp: 'mauve' } }, ['/marking/tlp invalid-value']],
    ['no such day', { ...good, observedAt: '2026-02-31' }, ['/observedAt custom']],
    ['an interval backwards', { ...good, observedAt: { start: '2026-02-03', end: '2026-02-01' } }, ['/observedAt custom']],
    ['an interval without an end', { ...good, observedAt: { start: '2026-02-03' } }, ['/observedAt/end missing']],
    ['NUL in an id', { ...good, externalId: 'a\u0000b' }, ['/externalId custom']],
    ['half a surrogate pair', { ...good, title: '\ud800' }, ['/title custom']],
    ['__proto__', JSON.parse('{"__proto__": {"tlp": "red"}}'), ['/__proto__ forbidden-field']],
    ['__proto__ deep in raw', { ...good, raw: JSON.parse('[{"__proto__": 1}]') }, ['/raw/0/__proto__ forbidden-field']],
    ['constructor', JSON.parse(`{"constructor": {}, ${JSON.stringify(good).slice(1)}`), ['/constructor unknown-field']],
    ['a deep raw part', { ...good, raw: nested(5_000) }, ['/raw/0/0/0/0/0/0/0 too-deep']],
  ])('is refused with where and why when it is %s', (_what, value, expected) => {
    expect(faults(value)).toEqual(expected);
  });

  test('law: parsing never throws, and what is refused always says where', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json().map((text) => JSON.parse(text)),
          fc.record({ ...fields() }, { requiredKeys: [] }),
        ),
        (value) => {
          const parsed = parsePostedSignal(value);

          return (
            parsed.kind === 'parsed' ||
            (parsed.faults.length > 0 && parsed.faults.every(({ pointer }) => pointer === '' || pointer.startsWith('/')))
          );
        },
      ),
    );
  });

  test('law: parsing what was parsed changes nothing', () => {
    fc.assert(
      fc.property(fc.record({ lang: fc.constantFrom('nl', null), text: fc.string({ unit: 'grapheme' }), raw: fc.jsonValue() }), (more) => {
        const first = parsePostedSignal({ ...good, ...more });
        fc.pre(first.kind === 'parsed');

        expect(parsePostedSignal(first.kind === 'parsed' ? first.posted : undefined)).toEqual(first);
      }),
    );
  });
});

const fields = () => Object.fromEntries(Object.entries(good).map(([name, value]) => [name, fc.oneof(fc.constant(value), fc.jsonValue())]));
