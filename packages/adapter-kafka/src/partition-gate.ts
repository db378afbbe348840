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
  /** Runs the work between `assigned` and `revoked` of the partition: what is called meanwhile waits for it. */
  during<T>(partition: number, work: () => Promise<T>): Promise<T>;
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

  /** What belongs to one partition follows each other; that of others does not wait for it. */
  function follow<T>(partition: number, work: () => Promise<T>): Promise<T> {
    const result = (tails.get(partition) ?? Promise.resolve()).then(work);
    tails.set(
      partition,
      result.then(
        () => undefined,
        () => undefined,
      ),
    );
    return result;
  }

  /** Opens the partition for the assignment that gave it. When it is lost meanwhile, even if it is given again, opening it is the next one's business. */
  async function open(partition: number, given: number | undefined): Promise<void> {
    const stands = (): boolean => ownership.since(partition) === given && given !== undefined && !stopping.signal.aborted;
    for (let waitMs = firstPauseMs; stands(); waitMs = Math.min(waitMs * 2, longestPauseMs)) {
      try {
        await subscription.assigned?.(partition, await nextOffset(partition));
        if (stands()) resume(partition);
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
      if (subscription.assigned === undefined) {
        resume(partition);
        return;
      }
      pause(partition);
      const given = ownership.since(partition);
      void follow(partition, () => open(partition, given));
    },
    lose(partition) {
      void follow(partition, async () => {
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
      const given = ownership.since(partition);
      const timer = setTimeout(
        () => {
          timers.delete(timer);
          if (given !== undefined && ownership.since(partition) === given) resume(partition);
        },
        Math.min(firstPauseMs * 2 ** count, longestPauseMs),
      );
      timers.add(timer);
    },
    succeeded(partition) {
      failures.delete(partition);
    },
    during: follow,
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
