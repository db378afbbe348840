import { setTimeout as sleep } from 'node:timers/promises';
import type { Subscription } from '@samenhang/ports';
import type { Ownership } from './ownership.ts';

/** Opens and closes partitions for a subscription: `assigned` before the first batch, `revoked` after the last, a pause after a failure. */
export interface PartitionGate {
  /** A partition was given: it stays closed until `assigned` has resolved. */
  gain(partition: number): void;
  /** A partition was taken. */
  lose(partition: number): void;
  /** A batch failed: the partition stays closed for a back-off that doubles with each failure in a row. */
  failed(partition: number): void;
  succeeded(partition: number): void;
  /** Resolves when every callback has ended. */
  settled(): Promise<void>;
  stop(): void;
}

export interface PartitionGateParts {
  readonly subscription: Subscription;
  readonly ownership: Ownership;
  nextOffset(partition: number): Promise<number>;
  pause(partition: number): void;
  resume(partition: number): void;
}

const firstPauseMs = 200;
const longestPauseMs = 5_000;

export function createPartitionGate({ subscription, ownership, nextOffset, pause, resume }: PartitionGateParts): PartitionGate {
  const tails = new Map<number, Promise<void>>();
  const failures = new Map<number, number>();
  const timers = new Set<NodeJS.Timeout>();
  const stopping = new AbortController();

  /** Callbacks of one partition follow each other; those of others do not wait for it. */
  const follow = (partition: number, work: () => Promise<void>): void => {
    tails.set(partition, (tails.get(partition) ?? Promise.resolve()).then(work));
  };

  async function open(partition: number): Promise<void> {
    for (let waitMs = firstPauseMs; ownership.has(partition) && !stopping.signal.aborted; waitMs = Math.min(waitMs * 2, longestPauseMs)) {
      try {
        await subscription.assigned?.(partition, await nextOffset(partition));
        if (ownership.has(partition)) resume(partition);
        return;
      } catch (error) {
        subscription.failed?.(error);
        await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  return {
    gain(partition) {
      failures.delete(partition);
      if (subscription.assigned === undefined) return;
      pause(partition);
      follow(partition, () => open(partition));
    },
    lose(partition) {
      follow(partition, async () => {
        try {
          await subscription.revoked?.(partition);
        } catch (error) {
          subscription.failed?.(error);
        }
      });
    },
    failed(partition) {
      const count = failures.get(partition) ?? 0;
      failures.set(partition, count + 1);
      pause(partition);
      const timer = setTimeout(
        () => {
          timers.delete(timer);
          if (ownership.has(partition)) resume(partition);
        },
        Math.min(firstPauseMs * 2 ** count, longestPauseMs),
      );
      timers.add(timer);
    },
    succeeded(partition) {
      failures.delete(partition);
    },
    async settled() {
      await Promise.all(tails.values());
    },
    stop() {
      stopping.abort();
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
