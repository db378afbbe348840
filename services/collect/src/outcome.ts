/** How one look at a channel ended: done, perhaps with more to come at once, or failed, with when to try again at the earliest. */
export type Outcome =
  | {
      readonly kind: 'done';
      readonly posted: number;
      /** Files that could not be read, or signals that ingest will never take. */
      readonly refused: number;
      readonly more?: boolean;
    }
  | { readonly kind: 'failed'; readonly reason: string; readonly retryAfterMs?: number | undefined };

export const failed = (reason: string, retryAfterMs?: number): Outcome => ({
  kind: 'failed',
  reason,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

/** Milliseconds that a Retry-After header asks for, in seconds or as a date; at most an hour. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) ? Math.min(3_600_000, Math.max(0, ms)) : undefined;
}
