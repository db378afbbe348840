import { expect, it } from 'vitest';
import { createLease } from './lease.ts';

it('is valid until the group has been silent for its whole length', () => {
  let now = 0;
  const lease = createLease(100, () => now);
  lease.renew();

  now = 99;
  expect(lease.valid()).toBe(true);
  now = 100;
  expect(lease.valid()).toBe(false);
  lease.renew();
  expect(lease.valid()).toBe(true);
});

it('forbids nothing while nothing is held', () => {
  let now = 0;
  const lease = createLease(100, () => now);
  expect(lease.valid()).toBe(true);

  lease.renew();
  lease.release();
  now = 1_000;
  expect(lease.valid()).toBe(true);
});
