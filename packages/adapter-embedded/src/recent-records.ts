import type { RecentRecord } from './stored-record.ts';

/** A record with the length of its JSON, by which memory is bounded. */
export interface SizedRecord {
  readonly record: RecentRecord;
  readonly chars: number;
}

/** One reader of a partition that wants the newest records kept for it. */
export interface Follower extends Disposable {
  /** Says that everything before this offset is done with. */
  advance(next: number): void;
}

/** The newest records of one partition in memory, for readers that are close to the end. */
export interface RecentRecords {
  /** Takes records that follow each other; a gap to what is held drops what is held. */
  add(records: readonly SizedRecord[]): void;
  /** Records from an offset on; undefined when that one is not held. */
  take(from: number, max: number): readonly RecentRecord[] | undefined;
  /** Keeps records for a reader that is at `next`, until it is disposed. */
  follow(next: number): Follower;
}

/** Compacting an array of this length costs nothing that anyone notices. */
const slack = 1_000;

/** Holds no more than `maxChars` of JSON, the newest; holds nothing that every follower has passed, and nothing when nobody follows. */
export function createRecentRecords(maxChars: number): RecentRecords {
  const places = new Map<symbol, number>();
  let held: SizedRecord[] = [];
  let head = 0;
  let chars = 0;

  const drop = (): void => {
    const passed = places.size === 0 ? Number.POSITIVE_INFINITY : Math.min(...places.values());
    for (let first = held[head]; first !== undefined && (first.record.offset < passed || chars > maxChars); first = held[head]) {
      chars -= first.chars;
      head++;
    }
    if (head === held.length || (head > slack && head * 2 > held.length)) {
      held = held.slice(head);
      head = 0;
    }
  };

  return {
    add(records) {
      const next = held.at(-1)?.record.offset ?? -2;
      if (records[0] === undefined || places.size === 0) return;
      if (next + 1 !== records[0].record.offset) {
        held = [];
        head = 0;
        chars = 0;
      }
      for (const entry of records) {
        held.push(entry);
        chars += entry.chars;
      }
      drop();
    },
    take(from, max) {
      const start = head + from - (held[head]?.record.offset ?? Number.POSITIVE_INFINITY);
      if (start < head || start >= held.length) return undefined;
      return held.slice(start, start + max).map(({ record }) => record);
    },
    follow(next) {
      const follower = Symbol('follower');
      places.set(follower, next);
      return {
        advance(to) {
          places.set(follower, to);
          drop();
        },
        [Symbol.dispose]() {
          places.delete(follower);
          drop();
        },
      };
    },
  };
}
