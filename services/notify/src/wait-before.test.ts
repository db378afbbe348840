import fc from 'fast-check';
import { expect, test } from 'vitest';
import { waitBefore } from './wait-before.ts';

test('law: waits between half and all of a time that doubles up to a minute, or as long as was asked up to five minutes', () => {
  const given = {
    failures: fc.integer({ min: 1, max: 5_000 }),
    askedMs: fc.nat(10_000_000),
    chance: fc.double({ min: 0, max: 1, noNaN: true }),
  };
  fc.assert(
    fc.property(fc.record(given), ({ failures, askedMs, chance }) => {
      const fullMs = Math.min(60_000, 1_000 * 2 ** (failures - 1));
      const own = waitBefore({ failures, chance });

      expect(own).toBeGreaterThanOrEqual(fullMs / 2);
      expect(own).toBeLessThanOrEqual(fullMs);
      expect(waitBefore({ failures, askedMs, chance })).toBe(Math.max(own, Math.min(askedMs, 300_000)));
    }),
  );
});
