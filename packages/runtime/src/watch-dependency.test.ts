import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createReadiness } from './readiness.ts';
import { watchDependency } from './watch-dependency.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('turns red with the cause while the check fails and green again when it does not', async () => {
  const readiness = createReadiness();
  let works = false;
  const check = async (): Promise<void> => {
    if (!works) throw new Error('no brokers');
  };
  const watch = watchDependency({ readiness, name: 'log', everyMs: 10, check });

  await vi.advanceTimersByTimeAsync(10);
  expect(readiness.causes()).toEqual([{ name: 'log', cause: 'no brokers' }]);

  works = true;
  await vi.advanceTimersByTimeAsync(10);
  expect(readiness.causes()).toEqual([]);
  watch[Symbol.dispose]();
});

it('asks one question at a time and none once disposed', async () => {
  const check = vi.fn(() => new Promise<void>(() => undefined));
  const watch = watchDependency({ readiness: createReadiness(), name: 'log', everyMs: 10, check });

  await vi.advanceTimersByTimeAsync(100);
  watch[Symbol.dispose]();
  await vi.advanceTimersByTimeAsync(100);

  expect(check).toHaveBeenCalledTimes(1);
});
