/** What an answer means for what was posted. */
export type Answer =
  | { readonly kind: 'taken' }
  /** Posting it again as it is would be refused again. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** Not now; `afterMs` when the receiver said how long. */
  | { readonly kind: 'later'; readonly detail: string; readonly afterMs?: number };

/** Refusals that say nothing of what was posted: took too long, too early, too many. */
const passing = new Set([408, 425, 429]);

/** Reads a status and its Retry-After: 2xx took it, a 4xx refuses it, anything else (redirects, which are not followed, and 5xx) may pass. */
export function readAnswer(status: number, retryAfter: string | null, nowMs: number): Answer {
  if (status >= 200 && status < 300) return { kind: 'taken' };
  const detail = `It answered with status ${status}.`;
  if (status >= 400 && status < 500 && !passing.has(status)) return { kind: 'refused', detail };
  const afterMs = waitOf(retryAfter, nowMs);
  return afterMs === undefined ? { kind: 'later', detail } : { kind: 'later', detail, afterMs };
}

/** Retry-After in either of its forms, seconds or a date (RFC 9110 section 10.2.3); undefined when it is absent or neither. */
function waitOf(retryAfter: string | null, nowMs: number): number | undefined {
  if (retryAfter === null) return undefined;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  // Date.parse alone would read a year into nearly any number.
  const untilMs = retryAfter.endsWith('GMT') ? Date.parse(retryAfter) : Number.NaN;
  return Number.isNaN(untilMs) ? undefined : Math.max(0, untilMs - nowMs);
}
