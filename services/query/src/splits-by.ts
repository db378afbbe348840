import { joinGroups, type Ruleset } from '@samenhang/correlation';
import type { Link } from '@samenhang/domain';
import type { SplitBy } from './incident-document.ts';

interface Member {
  readonly id: string;
  readonly source: string;
}

/** Of a larger incident no single member is what holds it together that a reader would look for; its sources still are tried. */
const triedMembers = 64;

/**
 * What holds an incident together: each member and each source without which its links, as they stand, would join the rest to more than one group.
 * The join rule of the ruleset decides, as it does in the correlator.
 */
export function splitsBy(ruleset: Ruleset, members: readonly Member[], links: readonly Link[]): readonly SplitBy[] {
  if (members.length < 3) return [];
  const inside = links.filter(({ kind }) => kind === 'link');
  const tried = members.length > triedMembers ? [] : members;
  const sources = [...new Set(members.map(({ source }) => source))].sort();
  const remaining = (out: (member: Member) => boolean): SplitBy['groups'] =>
    groupsOf(
      ruleset,
      members.filter((member) => !out(member)).map(({ id }) => id),
      inside,
    );
  const splits: readonly SplitBy[] = [
    ...tried.map(({ id }) => ({ without: { signal: id }, groups: remaining((member) => member.id === id) })),
    ...sources.map((source) => ({ without: { source }, groups: remaining((member) => member.source === source) })),
  ];
  return splits.filter(({ groups }) => groups.length > 1);
}

function groupsOf(ruleset: Ruleset, ids: readonly string[], links: readonly Link[]): SplitBy['groups'] {
  const places = new Map([...ids].sort().map((id, place) => [id, place]));
  const between = links.flatMap((link) => {
    const [a, b] = [places.get(link.a), places.get(link.b)];
    return a === undefined || b === undefined ? [] : [{ a, b, millibits: Math.round(link.bits * 1000), link }];
  });
  const judged = between.filter(({ link }) => holds(link, 'judgement')).map(({ a, b }) => ({ kind: 'same', a, b }) as const);
  const storyOf = storiesOf(
    places.size,
    between.filter(({ link }) => holds(link, 'echo')),
  );
  const groupOf = joinGroups({ storyOf, links: between, constraints: judged }, ruleset);
  const groups = [...Map.groupBy(places.keys(), (id) => groupOf[places.get(id) ?? 0]).values()];
  return groups.sort((x, y) => y.length - x.length || ((x[0] ?? '') < (y[0] ?? '') ? -1 : 1));
}

const holds = ({ evidence }: Link, kind: string): boolean => evidence.some((one) => one.kind === kind);

/** For each place the smallest place of its story: what echoes join, directly or through others. */
function storiesOf(size: number, echoes: readonly { readonly a: number; readonly b: number }[]): readonly number[] {
  const story = Array.from({ length: size }, (_, place) => place);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { a, b } of echoes) {
      const [x, y] = [story[a] ?? a, story[b] ?? b];
      if (x === y) continue;
      story[a] = Math.min(x, y);
      story[b] = Math.min(x, y);
      changed = true;
    }
  }
  return story;
}
