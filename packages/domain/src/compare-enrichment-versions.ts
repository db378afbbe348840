const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The number that a version begins with, -1 when there is none, and what follows it. */
function partsOf(version: string): { readonly number: number; readonly rest: string } {
  const digits = /^\d+/.exec(version)?.[0] ?? '';
  return { number: digits === '' ? -1 : Number(digits), rest: version.slice(digits.length) };
}

/**
 * Orders versions of enrichments, older first: by the number of the enrichers, so that 10 comes after 9, then by the version of the register behind it (fixed width, none
 * first). Zero only for equal versions; the empty one comes before all.
 */
export function compareEnrichmentVersions(a: string, b: string): number {
  const [one, other] = [partsOf(a), partsOf(b)];
  return one.number - other.number || byText(one.rest, other.rest) || byText(a, b);
}
