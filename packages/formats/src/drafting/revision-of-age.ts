/**
 * A revision number from the time between the first version of a report and this one: 1 for no time, and never smaller for a longer time.
 * Whole seconds for the first four days, then minutes to nine months, then quarters of an hour; so two partners' copies of one version agree without a counter.
 */
export function revisionOfAge(ageMs: number): number {
  const seconds = Math.max(0, Math.ceil(ageMs / 1_000));
  if (seconds <= finest) return 1 + seconds;
  const minutes = Math.ceil((seconds - finest) / 60);
  if (minutes <= finest) return 1 + finest + minutes;
  return Math.min(1_000_000, 1 + 2 * finest + Math.ceil((minutes - finest) / 15));
}

const finest = 400_000;
