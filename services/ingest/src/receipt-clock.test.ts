import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createReceiptClock } from './receipt-clock.ts';

test('gives the wall clock in microseconds', () => {
  expect(createReceiptClock(() => Date.UTC(2026, 0, 2, 3, 4, 5, 6)).next()).toBe('2026-01-02T03:04:05.006000Z');
});

test('law: instants rise strictly, whatever the wall clock does and whatever was given before a restart', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4_000_000_000_000), { minLength: 2 }), fc.nat(4_000_000_000_000), (wall, before) => {
      const earlier = createReceiptClock(() => before).next();
      let at = 0;
      const clock = createReceiptClock(() => wall[at++] ?? 0);
      clock.notBefore(earlier);

      const instants = [earlier, ...wall.map(() => clock.next())];

      return instants.every((instant, index) => index === 0 || instant > (instants[index - 1] ?? ''));
    }),
  );
});
