const [firstMs, mostMs, mostAskedMs] = [1_000, 60_000, 300_000];

interface Failed {
  /** How often it failed, at least once. */
  readonly failures: number;
  /** How long the receiver asked to wait. */
  readonly askedMs?: number | undefined;
  /** Chance, 0 to 1. */
  readonly chance: number;
}

/** Milliseconds until the next attempt: twice as long each time up to a minute, half of it by chance; never sooner than the receiver asked, of whom five minutes are heeded. */
export function waitBefore({ failures, askedMs = 0, chance }: Failed): number {
  const fullMs = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 20));
  return Math.max(Math.min(askedMs, mostAskedMs), Math.round(fullMs * (0.5 + chance / 2)));
}
