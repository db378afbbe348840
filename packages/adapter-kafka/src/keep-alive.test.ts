import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepAlive } from './keep-alive.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const never = (): Promise<void> => new Promise(() => undefined);

it('beats while the work goes on and stops with it', async () => {
  const heartbeat = vi.fn(() => Promise.resolve());
  const work = new Promise<string>((done) => setTimeout(() => done('done'), 35));

  const kept = keepAlive({ everyMs: 10, deadlineMs: 100, heartbeat, late: () => undefined }, () => work);
  await vi.advanceTimersByTimeAsync(35);

  expect(await kept).toBe('done');
  await vi.advanceTimersByTimeAsync(100);
  expect(heartbeat).toHaveBeenCalledTimes(3);
});

it('calls out a handler that never ends and lets the group have the partition (kafkajs #1616)', async () => {
  const heartbeat = vi.fn(() => Promise.resolve());
  const late = vi.fn();

  keepAlive({ everyMs: 10, deadlineMs: 100, heartbeat, late }, never);
  await vi.advanceTimersByTimeAsync(500);

  expect(late).toHaveBeenCalledTimes(1);
  expect(heartbeat.mock.calls.length).toBeLessThanOrEqual(10);
});

it('stops beating once the group has said no', async () => {
  const heartbeat = vi.fn(() => Promise.reject(new Error('rebalancing')));

  keepAlive({ everyMs: 10, deadlineMs: 100, heartbeat, late: () => undefined }, never);
  await vi.advanceTimersByTimeAsync(90);

  expect(heartbeat).toHaveBeenCalledTimes(1);
});
