import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecentRecords } from './recent-records.ts';
import { RecentRecord } from './stored-record.ts';

const entry = (offset: number) => ({
  record: new RecentRecord({ topic: 't', partition: 0, offset }, { key: 'k', value: offset }, 0),
  chars: 10,
});

/** Each step appends some records, skips some offsets (another process wrote them), or moves the follower on. */
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('add' as const), count: fc.integer({ min: 1, max: 30 }) }),
    fc.record({ kind: fc.constant('skip' as const), count: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ kind: fc.constant('advance' as const), count: fc.integer({ min: 1, max: 30 }) }),
  ),
);

describe('createRecentRecords', () => {
  it('law: gives records exactly as they follow an offset or says that it does not hold that one, and never holds more than its bound', () => {
    fc.assert(
      fc.property(steps, fc.nat(200), fc.integer({ min: 1, max: 50 }), (given, from, max) => {
        const recent = createRecentRecords(400);
        const follower = recent.follow(0);
        const added: number[] = [];
        let end = 0;
        let place = 0;
        for (const { kind, count } of given) {
          if (kind === 'add') {
            const fresh = Array.from({ length: count }, () => end++);
            added.push(...fresh);
            recent.add(fresh.map(entry));
          } else if (kind === 'skip') end += count;
          else {
            place += count;
            follower.advance(place);
          }
        }
        const taken = recent.take(from, max);
        const at = added.indexOf(from);
        if (taken !== undefined)
          expect(taken.map(({ offset }) => offset)).toStrictEqual(
            added.slice(at, at + max).filter((offset, index) => offset === from + index),
          );
        const held = added.filter((offset) => recent.take(offset, 1) !== undefined);
        expect(held.length).toBeLessThanOrEqual(40);
      }),
    );
  });

  it('holds what a follower still wants, and nothing once nobody follows', () => {
    const recent = createRecentRecords(1_000);
    const follower = recent.follow(0);
    recent.add([0, 1, 2].map(entry));
    follower.advance(1);

    expect(recent.take(0, 5)).toBeUndefined();
    expect(recent.take(1, 5)?.map(({ value }) => value)).toStrictEqual([1, 2]);

    follower[Symbol.dispose]();
    expect(recent.take(1, 5)).toBeUndefined();
    recent.add([3].map(entry));
    expect(recent.take(3, 5)).toBeUndefined();
  });
});
