const dayMs = 86_400_000;

/** Whole and broken days between two closed intervals; 0 when they touch. */
export const daysBetween = (
  a: { readonly startMs: number; readonly endMs: number },
  b: { readonly startMs: number; readonly endMs: number },
): number => Math.max(0, a.startMs - b.endMs, b.startMs - a.endMs) / dayMs;

/** How far apart two intervals are, in words. */
export function saysTime(days: number): string {
  if (days === 0) return 'observed at the same time';
  return days <= 1 ? 'observed within a day of each other' : `observed ${Math.ceil(days)} days apart`;
}
