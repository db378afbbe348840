import type { Link } from '@samenhang/domain';
import type { Collections } from './collections.ts';
import { within } from './documents.ts';
import { inParts } from './read-signals.ts';

const linkKey = (audience: string, one: string, other: string): string =>
  one < other ? within(audience, one, other) : within(audience, other, one);

const byPair = (x: Link, y: Link): number => (x.a === y.a ? (x.b < y.b ? -1 : 1) : x.a < y.a ? -1 : 1);

/** The links of every group of signals that touch one of them, ordered by (a, b); the groups are asked together. */
export async function readLinks(
  collections: Collections,
  audience: string,
  groups: ReadonlyMap<string, readonly string[]>,
): Promise<ReadonlyMap<string, readonly Link[]>> {
  const signals = [...new Set([...groups.values()].flat())].map((id) => within(audience, id));
  const hints = await inParts(signals, (part) => collections.neighbours.find({ _id: { $in: part } }).toArray());
  const near = new Map(hints.map(({ _id, near: others }) => [_id, others]));
  const keysOf = (id: string): readonly string[] => (near.get(within(audience, id)) ?? []).map((other) => linkKey(audience, id, other));

  const wanted = [...new Set([...groups.values()].flat().flatMap(keysOf))];
  const documents = await inParts(wanted, (part) => collections.links.find({ _id: { $in: part } }).toArray());
  const links = new Map<string, Link | null>(documents.map(({ _id, state }) => [_id, JSON.parse(state.json)]));

  const linksOf = (members: readonly string[]): readonly Link[] =>
    [...new Set(members.flatMap(keysOf))].flatMap((key) => links.get(key) ?? []).sort(byPair);
  return new Map([...groups].map(([group, members]) => [group, linksOf(members)]));
}
