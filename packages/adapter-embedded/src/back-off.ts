import { setTimeout as sleep } from 'node:timers/promises';

export interface BackOffSettings {
  readonly firstMs: number;
  readonly mostMs: number;
}

/** Waits before attempt n + 1: twice as long each time up to the most, half of it by chance so that many do not come back together. Resolves early on abort. */
export async function backOff(attempt: number, { firstMs, mostMs }: BackOffSettings, signal: AbortSignal): Promise<void> {
  const fullMs = Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 20));
  await sleep(fullMs / 2 + (Math.random() * fullMs) / 2, undefined, { signal }).catch(() => undefined);
}
