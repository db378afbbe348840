import { describeError } from './errors.ts';
import type { Logger } from './logger.ts';
import { createReadiness, type Readiness } from './readiness.ts';

/** What a service gets to stand on while it starts. */
export interface ServiceContext {
  readonly logger: Logger;
  /** Says no until the service has started and again once it stops. */
  readonly readiness: Readiness;
  /** What is opened goes in here on the next line; it is closed in reverse. */
  readonly resources: AsyncDisposableStack;
  /** Ends the process with exit code 1 after closing everything: for failures that going on cannot mend. */
  fatal(error: unknown): void;
}

export interface RunServiceOptions {
  readonly logger: Logger;
  /** So long may closing everything take before the process ends anyway; default 15 seconds. */
  readonly closeWithinMs?: number;
}

interface Ending {
  readonly exitCode: number;
  readonly reason: string;
}

const stopSignals = ['SIGTERM', 'SIGINT'] as const;

/**
 * Lives as long as the process: starts the service, waits for SIGTERM or SIGINT, says not ready, closes everything in reverse within a
 * deadline, and gives the exit code: 0 after a clean stop, 1 after a failure. A second signal changes nothing.
 */
export async function runService(
  name: string,
  options: RunServiceOptions,
  start: (context: ServiceContext) => Promise<void>,
): Promise<number> {
  const { logger, closeWithinMs = 15_000 } = options;
  const resources = new AsyncDisposableStack();
  const readiness = createReadiness();
  readiness.block('start', 'starting');
  const ending = Promise.withResolvers<Ending>();
  const fatal = (error: unknown): void => {
    logger.fatal({ err: error }, 'service failed');
    ending.resolve({ exitCode: 1, reason: describeError(error) });
  };
  const stop = (signal: string): void => ending.resolve({ exitCode: 0, reason: signal });
  for (const signal of stopSignals) process.on(signal, stop);
  const keepAlive = setInterval(() => undefined, 60_000);
  try {
    start({ logger, readiness, resources, fatal }).then(() => readiness.clear('start'), fatal);
    const { exitCode, reason } = await ending.promise;
    readiness.block('stop', 'stopping');
    logger.info({ service: name, reason }, 'service stopping');
    return (await closedInTime(resources, closeWithinMs, logger)) ? exitCode : 1;
  } finally {
    clearInterval(keepAlive);
    for (const signal of stopSignals) process.off(signal, stop);
  }
}

async function closedInTime(resources: AsyncDisposableStack, withinMs: number, logger: Logger): Promise<boolean> {
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), withinMs);
  try {
    const inTime = await Promise.race([resources.disposeAsync().then(() => true), late.promise]);
    if (!inTime) logger.error({ withinMs }, 'closing took too long');
    return inTime;
  } catch (error) {
    logger.error({ err: error }, 'closing failed');
    return false;
  } finally {
    clearTimeout(timer);
  }
}
