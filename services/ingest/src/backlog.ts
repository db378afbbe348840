import type { EventLog } from '@samenhang/ports';
import { type Logger, lagOf } from '@samenhang/runtime';

/** How far the pipeline is behind what was accepted. */
export interface Backlog extends Disposable {
  /** Signals that waited for the slowest stage when it was last measured. */
  current(): number;
}

/** A stage that may fall behind: the topic and the group that reads it. */
export interface Reader {
  readonly topic: string;
  readonly group: string;
}

/** Measures, every so often, how far the slowest reader is behind; while that cannot be measured the last figure stands. */
export function openBacklog(log: EventLog, readers: readonly Reader[], logger: Logger, measureEveryMs = 250): Backlog {
  let current = 0;
  let measuring = false;
  const measure = async (): Promise<void> => {
    if (measuring) return;
    measuring = true;
    try {
      const lags = await Promise.all(readers.map(({ topic, group }) => lagOf(log, topic, group)));
      current = Math.max(0, ...lags);
    } catch (error) {
      logger.debug({ err: error }, 'backlog not measured');
    } finally {
      measuring = false;
    }
  };
  const timer = setInterval(measure, measureEveryMs).unref();
  return { current: () => current, [Symbol.dispose]: () => clearInterval(timer) };
}
