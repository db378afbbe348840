import { ServiceError } from '@samenhang/runtime';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCursor, writeCursor } from './cursor.ts';

const question = { audience: 'public', sort: 'lastSeen', minSize: 2 };
const anyPlace = fc.record({
  key: fc.oneof(fc.integer({ min: 0 }), fc.constant('2026-03-01T00:00:00.000Z')),
  id: fc.uuid({ version: 5 }),
});

const refusal = (cursor: string, asked: unknown = question): unknown => {
  try {
    return readCursor(asked, cursor);
  } catch (error) {
    return error instanceof ServiceError ? error.code : error;
  }
};

describe('a cursor', () => {
  test('law: stands for the place that it was written for', () => {
    fc.assert(
      fc.property(anyPlace, (place) => {
        expect(readCursor(question, writeCursor(question, place))).toEqual(place);
      }),
    );
  });

  test.each([{ audience: 'fusion-cell' }, { sort: 'size' }, { minSize: 1 }, { text: 'harbour' }])(
    'is refused for another question: %j',
    (other) => {
      const cursor = writeCursor(question, { key: 1, id: '00000000-0000-5000-8000-000000000000' });

      expect(refusal(cursor, { ...question, ...other })).toBe('cursor-invalid');
    },
  );

  test('law: anything else is refused in words', () => {
    const crafted = fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'));
    fc.assert(
      fc.property(fc.oneof(fc.string(), crafted), (cursor) => {
        expect(refusal(cursor)).toBe('cursor-invalid');
      }),
    );
  });
});
