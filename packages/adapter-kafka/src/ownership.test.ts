import { expect, it } from 'vitest';
import { createOwnership } from './ownership.ts';

it('tells what was gained and lost when an assignment changes', () => {
  const ownership = createOwnership();
  expect(ownership.join('m1', [0, 1])).toEqual({ lost: [], gained: [0, 1] });

  expect(ownership.join('m1', [1, 2])).toEqual({ lost: [0], gained: [2] });
  expect(ownership.has(0)).toBe(false);
});

it('loses and gains everything anew when the member was expelled and let in again, for another may have owned the partitions meanwhile', () => {
  const ownership = createOwnership();
  ownership.join('m1', [0, 1]);

  expect(ownership.join('m2', [0, 1])).toEqual({ lost: [0, 1], gained: [0, 1] });
});

it('owns a partition since the assignment that gave it, and since a later one when it was lost between', () => {
  const ownership = createOwnership();
  ownership.join('m1', [0]);
  const first = ownership.since(0);
  ownership.join('m1', [0, 1]);
  expect(ownership.since(0)).toBe(first);

  ownership.join('m1', [1]);
  expect(ownership.since(0)).toBeUndefined();
  ownership.join('m1', [0, 1]);

  expect(ownership.since(0)).not.toBe(first);
});

it('loses everything when it leaves', () => {
  const ownership = createOwnership();
  ownership.join('m1', [3]);

  expect(ownership.leave()).toEqual([3]);
  expect(ownership.size).toBe(0);
  expect(ownership.join('m1', [3])).toEqual({ lost: [], gained: [3] });
});
