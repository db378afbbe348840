/** A value and how many reports hold it. */
export interface Counted<T> {
  readonly value: T;
  readonly count: number;
}

/** Distinct values with the number of lists that hold each: most frequent first, ties in order of first appearance (never by name: law 6). */
export function tally<T>(lists: Iterable<readonly T[]>, keyOf: (value: T) => string): readonly Counted<T>[] {
  const counted = new Map<string, { value: T; count: number }>();
  for (const list of lists) {
    const seen = new Set<string>();
    for (const value of list) {
      const key = keyOf(value);
      if (seen.has(key)) continue;
      seen.add(key);
      const known = counted.get(key);
      if (known === undefined) counted.set(key, { value, count: 1 });
      else known.count++;
    }
  }
  return [...counted.values()].sort((a, b) => b.count - a.count);
}
