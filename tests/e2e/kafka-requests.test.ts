import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRequestCutter, isOffsetCommit } from './kafka-requests.ts';

const aRequest = (apiKey: number, body: number): Buffer => {
  const request = Buffer.alloc(6 + body, 7);
  request.writeInt32BE(2 + body, 0);
  request.writeInt16BE(apiKey, 4);
  return request;
};

it('law: gives the same requests however the bytes are delivered', () => {
  const requests = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 30 })), { maxLength: 6 });
  fc.assert(
    fc.property(requests, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (kinds, sizes) => {
      const sent = kinds.map(([apiKey, body]) => aRequest(apiKey, body));
      const bytes = Buffer.concat(sent);
      const cut = createRequestCutter();

      const received: Buffer[] = [];
      for (let at = 0, turn = 0; at < bytes.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1;
        received.push(...cut(bytes.subarray(at, at + size)));
        at += size;
      }

      expect(received).toEqual(sent);
    }),
  );
});

it('knows a commit of offsets from other requests', () => {
  expect([aRequest(8, 10), aRequest(1, 10)].map(isOffsetCommit)).toEqual([true, false]);
});
