import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchSilence } from './silence.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const outcomeOf = (promise: Promise<never>): (() => string) => {
  let outcome = 'waits';
  promise.catch((error: Error) => {
    outcome = error.message;
  });
  return () => outcome;
};

it('tells of a silence that is too long, counted from the last sign of life', async () => {
  using watch = watchSilence(100, 'the consumer');
  const outcome = outcomeOf(watch.tooLong);

  await vi.advanceTimersByTimeAsync(99);
  watch.heard();
  await vi.advanceTimersByTimeAsync(99);
  expect(outcome()).toBe('waits');
  await vi.advanceTimersByTimeAsync(1);
  expect(outcome()).toBe('the consumer was not heard of for 100 ms');
});

it('says nothing once it has ended', async () => {
  const watch = watchSilence(100, 'the consumer');
  const outcome = outcomeOf(watch.tooLong);
  watch[Symbol.dispose]();

  await vi.advanceTimersByTimeAsync(1_000);
  expect(outcome()).toBe('waits');
});
