import type { JsonValue } from '@samenhang/domain';
import type { DeliveredRecord, EventLog } from '@samenhang/ports';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { positionAt } from './position-at.ts';

/** A log of one partition whose inputs were received at these times; one without a time is a withdrawal. */
function logOf(times: readonly (number | undefined)[]): Pick<EventLog, 'ends' | 'read'> {
  const records = times.map((ms, offset): DeliveredRecord => {
    const value: JsonValue =
      ms === undefined
        ? { kind: 'withdrawal', audience: 'a', id: 'x', revision: 1 }
        : { kind: 'signal', audience: 'a', signal: { id: 'x', receivedAt: new Date(ms).toISOString() }, enrichment: {} };
    return { topic: 't', partition: 0, offset, key: 'x', value, headers: {}, timestampMs: 0, bytes: () => Buffer.alloc(0) };
  });
  return {
    ends: async () => [records.length],
    async *read({ offset }, { maxBatch = 1 } = {}) {
      for (let at = offset; at < records.length; at += maxBatch) yield records.slice(at, at + maxBatch);
    },
  };
}

test('law: is the position of the first input that was received at or after the instant', async () => {
  const anyTimes = fc.array(fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(anyTimes, fc.integer({ min: -1, max: 31 }), async (drawn, instantMs) => {
      const rising = drawn.filter((ms) => ms !== undefined).sort((a, b) => a - b);
      const times = drawn.map((ms) => (ms === undefined ? undefined : rising.shift()));

      const position = await positionAt(logOf(times), 0, instantMs);

      expect(times.slice(0, position).every((ms) => ms === undefined || ms < instantMs)).toBe(true);
      expect(times.slice(position).every((ms) => ms === undefined || ms >= instantMs)).toBe(true);
    }),
  );
});
