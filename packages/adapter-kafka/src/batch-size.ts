/** How long a batch took, in milliseconds: on the clock, and of that kept the event loop from everything else. */
export interface BatchTime {
  readonly wallMs: number;
  readonly busyMs: number;
}

/**
 * How many records the next batch may hold, so that one batch keeps the process from its heartbeats for no longer than a second or two, and a rebalance
 * waiting for no longer than it may.
 */
export interface BatchSize {
  readonly current: number;
  /** Tells how long a batch of so many records took, whether it succeeded or not. */
  took(records: number, time: BatchTime): void;
}

const startSize = 64;
/** Waiting for a store lets heartbeats through: it may take longer than what keeps the event loop busy. */
const bounds = [
  { of: 'busyMs', short: 500, tooLong: 2_000 },
  { of: 'wallMs', short: 2_500, tooLong: 10_000 },
] as const;

/** Starts small, doubles while full batches are quick, and falls at once to half of what would have taken too long; never above `most`, never below 1. */
export function createBatchSize(most: number): BatchSize {
  let current = Math.min(startSize, most);
  return {
    get current() {
      return current;
    },
    took(records, time) {
      const fits = bounds.map(({ of, tooLong }) => (time[of] > tooLong ? Math.floor((records * tooLong) / 2 / time[of]) : most));
      const short = bounds.every(({ of, short }) => time[of] < short);
      if (short && records >= current) current = Math.min(most, current * 2);
      else current = Math.max(1, Math.min(current, ...fits));
    },
  };
}
