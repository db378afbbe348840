import type { Counterfactual } from '../correlator.ts';

/** Of a large incident only so many members are tried, from the smallest id on; its sources always are. */
const triedMembers = 64;

/** What would become of an incident without each of its members and each of its sources. */
export function counterfactualsOf(
  members: readonly { readonly id: string; readonly source: string }[],
  groupsWithout: (ids: readonly string[]) => readonly (readonly string[])[],
): readonly Counterfactual[] {
  if (members.length < 2) return [];
  const groups = (ids: readonly string[]) =>
    groupsWithout(ids).toSorted((x, y) => y.length - x.length || ((x[0] ?? '') < (y[0] ?? '') ? -1 : 1));
  const bySource = Map.groupBy(members, ({ source }) => source);
  return [
    ...members.slice(0, triedMembers).map(({ id }): Counterfactual => ({ without: { signal: id }, groups: groups([id]) })),
    ...[...bySource.keys()]
      .sort()
      .map((source): Counterfactual => ({ without: { source }, groups: groups((bySource.get(source) ?? []).map(({ id }) => id)) })),
  ];
}
