import type { LabelledRecord } from './labelled.ts';

/** Types that name a thing of an attack; sharing a country, a sector or a technique is not among them. */
const indicatorTypes = new Set(
  'domain hostname url ipv4 ipv6 ip email md5 sha1 sha256 sha512 package certificate phone iban wallet account mutex regkey filename process hashtag vessel'.split(
    ' ',
  ),
);

/** What anybody would try first, to compare with: reports that share a value, directly or through others, are one group. */
export const naiveMethods = ['exact', 'indicators', 'alone'] as const;
export type NaiveMethod = (typeof naiveMethods)[number];

const counts = (method: NaiveMethod, type: string): boolean => method === 'exact' || (method === 'indicators' && indicatorTypes.has(type));

/** Groups reports by a naive method: the label of each. */
export function groupNaively(records: readonly LabelledRecord[], method: NaiveMethod): readonly string[] {
  const parent = records.map((_, item) => item);
  const rootOf = (item: number): number => {
    let root = item;
    while (parent[root] !== root) root = parent[root] ?? root;
    parent[item] = root;
    return root;
  };
  const holder = new Map<string, number>();
  for (const [item, { signal }] of records.entries()) {
    for (const { type, value } of signal.observables) {
      if (!counts(method, type)) continue;
      const name = `${type}\u0000${value.trim().toLowerCase()}`;
      const known = holder.get(name);
      if (known === undefined) holder.set(name, item);
      else parent[rootOf(item)] = rootOf(known);
    }
  }
  return records.map((_, item) => String(rootOf(item)));
}
