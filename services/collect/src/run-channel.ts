import { describeError, type Logger, type Readiness } from '@samenhang/runtime';
import type { Outcome } from './outcome.ts';

export interface ChannelLoop {
  readonly name: string;
  readonly everyMs: number;
  readonly look: () => Promise<Outcome>;
}

export interface LoopContext {
  readonly logger: Logger;
  readonly readiness: Readiness;
  readonly chance: () => number;
}

const firstWaitMs = 1_000;
const longestWaitMs = 900_000;

/** How long to wait after so many failures in a row: a random part of a doubling bound, never less than the partner asked for. */
export function waitAfterFailure(failures: number, chance: number, askedMs = 0): number {
  const bound = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(20, failures - 1));
  return Math.max(askedMs, bound / 2 + (chance * bound) / 2);
}

/** Looks at a channel again and again until disposed; what fails makes the process not ready, with the reason, and is tried again with growing pauses. */
export function runChannel({ name, everyMs, look }: ChannelLoop, { logger, readiness, chance }: LoopContext): AsyncDisposable {
  const stopping = Promise.withResolvers<void>();
  let stopped = false;
  let failures = 0;

  const lookOnce = async (): Promise<Outcome> => {
    try {
      return await look();
    } catch (error) {
      // Reading folders and posting throw when the world is wrong; the cursor has not moved, so trying again is all there is to do.
      return { kind: 'failed', reason: describeError(error) };
    }
  };

  const run = async (): Promise<void> => {
    while (!stopped) {
      const end = await lookOnce();
      if (end.kind === 'done') {
        failures = 0;
        readiness.clear(name);
        if (end.posted + end.refused > 0) logger.info({ channel: name, posted: end.posted, refused: end.refused }, 'channel collected');
      } else {
        failures += 1;
        readiness.block(name, end.reason);
        logger.warn({ channel: name, reason: end.reason, failures }, 'channel failed');
      }
      const waitMs = end.kind === 'failed' ? waitAfterFailure(failures, chance(), end.retryAfterMs) : end.more === true ? 0 : everyMs;
      await pause(waitMs, stopping.promise);
    }
  };
  const running = run();
  return {
    async [Symbol.asyncDispose]() {
      stopped = true;
      stopping.resolve();
      await running;
    },
  };
}

async function pause(ms: number, stopped: Promise<void>): Promise<void> {
  const timer = Promise.withResolvers<void>();
  const handle = setTimeout(timer.resolve, ms);
  await Promise.race([timer.promise, stopped]);
  clearTimeout(handle);
}
