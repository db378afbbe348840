import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeMessage, encodeRecord } from './record-codec.ts';

const asStored = (value: Buffer | null, headers = {}) =>
  decodeMessage('t', 2, { key: Buffer.from('k'), value, headers, offset: '7', timestamp: '1700000000000', attributes: 0 });

it('law: a record is read back as it was appended', () => {
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), fc.dictionary(fc.string({ minLength: 1 }), fc.string()), (key, value, headers) => {
      const sent = encodeRecord({ key, value: JSON.parse(JSON.stringify(value)), headers }, 2);
      const stored = Object.fromEntries(Object.entries(sent.headers ?? {}).map(([name, text]) => [name, Buffer.from(String(text))]));

      const read = asStored(sent.value, stored);

      expect(read.value).toEqual(JSON.parse(JSON.stringify(value)));
      expect({ ...read.headers }).toEqual({ ...headers });
    }),
  );
});

it('keeps the bytes of a value that is not JSON', () => {
  const read = asStored(Buffer.from('{half'));

  expect(read.value).toBeUndefined();
  expect(Buffer.from(read.bytes()).toString()).toBe('{half');
});

it('takes an absent value as no bytes', () => {
  expect(asStored(null).value).toBeUndefined();
  expect(asStored(null).bytes()).toHaveLength(0);
});

it('carries the trace context and takes the last of a header that is there twice', () => {
  const read = asStored(Buffer.from('1'), { traceparent: Buffer.from('00-a'), tracestate: [Buffer.from('x'), Buffer.from('y')] });

  expect(read.headers).toEqual({ traceparent: '00-a', tracestate: 'y' });
});
