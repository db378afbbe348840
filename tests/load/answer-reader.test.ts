import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAnswerReader } from './answer-reader.ts';

const answer = (status: number, body: string): string => `HTTP/1.1 ${status} X\r\nA: b\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

test('law: tells every answer once, in order, however the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(200, 202, 503), fc.constantFrom('', 'x', '\r\n\r\n', 'long '.repeat(50))), { maxLength: 6 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 90 })),
      (answers, cuts) => {
        const stream = Buffer.from(answers.map(([status, body]) => answer(status, body)).join(''));
        const told: number[] = [];
        const read = createAnswerReader((status) => told.push(status));

        for (let at = 0; at < stream.length; ) {
          const length = cuts.next().value ?? 1;
          read(stream.subarray(at, at + length));
          at += length;
        }

        expect(told).toEqual(answers.map(([status]) => status));
      },
    ),
  );
});

test('refuses an answer that does not say its length', () => {
  expect(() => createAnswerReader(() => undefined)(Buffer.from('HTTP/1.1 200 OK\r\n\r\n'))).toThrow('length');
});
