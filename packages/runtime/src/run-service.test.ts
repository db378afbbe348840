import { describe, expect, test } from 'vitest';
import { createLogger } from './logger.ts';
import { runService, type ServiceContext } from './run-service.ts';

const logger = createLogger('test', 'silent');

describe('the life of a service', () => {
  test('starts, says ready, stops on a signal, and closes in reverse; a second signal changes nothing', async () => {
    const closed: string[] = [];
    const started = Promise.withResolvers<ServiceContext>();
    const ended = runService('test', { logger }, async (context) => {
      for (const name of ['log', 'step']) context.resources.defer(() => void closed.push(`${name} ${context.readiness.causes().length}`));
      started.resolve(context);
    });
    const { readiness } = await started.promise;
    await Promise.resolve();
    expect(readiness.causes()).toEqual([]);

    process.emit('SIGTERM', 'SIGTERM');
    process.emit('SIGINT', 'SIGINT');

    expect(await ended).toBe(0);
    expect(closed).toEqual(['step 1', 'log 1']);
  });

  test('ends with 1 when it cannot start, and closes what it had opened', async () => {
    let closed = false;

    const exitCode = await runService('test', { logger }, async ({ resources }) => {
      resources.defer(() => {
        closed = true;
      });
      throw new Error('port in use');
    });

    expect([exitCode, closed]).toEqual([1, true]);
  });

  test('ends with 1 on a failure that going on cannot mend', async () => {
    expect(await runService('test', { logger }, async ({ fatal }) => fatal(new TypeError('broken')))).toBe(1);
  });

  test('ends with 1 when closing takes longer than it may', async () => {
    const exitCode = await runService('test', { logger, closeWithinMs: 5 }, async ({ resources, fatal }) => {
      resources.defer(() => Promise.withResolvers<void>().promise);
      fatal(new Error('stop'));
    });

    expect(exitCode).toBe(1);
  });
});
