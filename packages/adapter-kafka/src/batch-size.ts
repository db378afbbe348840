/** How many records the next batch may hold, so that one batch keeps the process from its heartbeats for no longer than a second or two. */
export interface BatchSize {
  readonly current: number;
  /** Tells how long a batch of so many records took, whether it succeeded or not. */
  took(records: number, ms: number): void;
}

const startSize = 64;
const tooLongMs = 2_000;
const shortMs = 500;

/** Starts small, doubles while full batches are quick, and falls at once to what would have taken a second; never above `most`, never below 1. */
export function createBatchSize(most: number): BatchSize {
  let current = Math.min(startSize, most);
  return {
    get current() {
      return current;
    },
    took(records, ms) {
      if (ms > tooLongMs) current = Math.max(1, Math.min(current, Math.floor((records * 1_000) / ms)));
      else if (ms < shortMs && records >= current) current = Math.min(most, current * 2);
    },
  };
}
