import type { LineageEntry } from '@samenhang/domain';

/** How one step regrouped some signals. Every member of an incident that is named here is in `before`, `after` or `departed`. */
export interface Regrouping {
  /** Members before, by incident id. */
  readonly before: ReadonlyMap<string, readonly string[]>;
  /** Members after, by incident id. */
  readonly after: ReadonlyMap<string, readonly string[]>;
  readonly position: number;
}

const sorted = (values: Iterable<string>): readonly string[] => [...values].sort();

function placesOf(incidents: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string> {
  return new Map([...incidents].flatMap(([id, members]) => members.map((member): [string, string] => [member, id])));
}

const isSame = (before: readonly string[] | undefined, after: readonly string[] | undefined): boolean =>
  before !== undefined && after !== undefined && before.length === after.length && sorted(before).join() === sorted(after).join();

/** What a regrouping did to each incident, in words of the lineage: a pure function of the groups before and after. */
export function lineageOf({ before, after, position }: Regrouping): ReadonlyMap<string, readonly LineageEntry[]> {
  const [was, is] = [placesOf(before), placesOf(after)];
  const lineage = new Map<string, readonly LineageEntry[]>();
  for (const id of sorted(new Set([...before.keys(), ...after.keys()]))) {
    const [old, members] = [before.get(id), after.get(id)];
    if (isSame(old, members)) continue;
    const entries = [
      ...(members === undefined ? [] : gains(id, old, members, was, after)),
      ...(old === undefined ? [] : losses(id, old, members, is)),
    ];
    lineage.set(
      id,
      entries.map((entry) => ({ ...entry, position })),
    );
  }
  return lineage;
}

type Step = Omit<LineageEntry, 'position'>;

function gains(
  id: string,
  old: readonly string[] | undefined,
  members: readonly string[],
  was: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, readonly string[]>,
): readonly Step[] {
  const bySource = Map.groupBy(members, (member) => was.get(member) ?? '');
  const sources = sorted(bySource.keys()).filter((source) => source !== '' && source !== id);
  if (old === undefined) return [{ cause: 'opened', signals: sorted(members), incidents: sources }];
  const fresh = bySource.get('');
  const joined: readonly Step[] = fresh === undefined ? [] : [{ cause: 'joined', signals: sorted(fresh), incidents: [] }];
  const moved = sources.map(
    (source): Step => ({
      cause: after.has(source) ? 'joined' : 'merged',
      signals: sorted(bySource.get(source) ?? []),
      incidents: [source],
    }),
  );
  return [...joined, ...moved];
}

function losses(
  id: string,
  old: readonly string[],
  members: readonly string[] | undefined,
  is: ReadonlyMap<string, string>,
): readonly Step[] {
  const byTarget = Map.groupBy(old, (member) => is.get(member) ?? '');
  const targets = sorted(byTarget.keys()).filter((target) => target !== '' && target !== id);
  const gone = byTarget.get('');
  const left: readonly Step[] = gone === undefined ? [] : [{ cause: 'left', signals: sorted(gone), incidents: [] }];
  if (members === undefined) return [...left, { cause: 'closed', signals: [], incidents: targets }];
  return [
    ...left,
    ...targets.map((target): Step => ({ cause: 'split', signals: sorted(byTarget.get(target) ?? []), incidents: [target] })),
  ];
}
