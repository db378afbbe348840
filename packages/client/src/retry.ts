export interface RetrySettings {
  /** Tries in all before giving up. */
  readonly tries: number;
  readonly firstMs: number;
  readonly mostMs: number;
}

export const defaultRetry: RetrySettings = { tries: 12, firstMs: 200, mostMs: 10_000 };

/**
 * How long to wait before try number `attempt` (1 is the first repetition), in milliseconds: what Retry-After asks, or else a random part of a doubling
 * bound ("full jitter"). `chance` lies in [0, 1).
 */
export function waitBefore(attempt: number, { firstMs, mostMs }: RetrySettings, chance: number, retryAfter?: string | null): number {
  const asked = Number(retryAfter ?? Number.NaN);
  const bound = Math.min(mostMs, firstMs * 2 ** (attempt - 1));
  if (Number.isFinite(asked) && asked >= 0) return Math.min(60_000, asked * 1_000) + chance * firstMs;
  return bound / 2 + (chance * bound) / 2;
}

/** True for answers after which the same request may succeed later. */
export const worthRepeating = (status: number): boolean => status === 429 || status === 503;
