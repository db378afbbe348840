import type { ChangeSet } from '@samenhang/correlation';
import type { LineageEntry, Link } from '@samenhang/domain';

/** What several change sets, one after the other, come to. */
export interface GatheredChanges {
  /** Every incident that some change set told of, with all of its lineage in order. */
  readonly incidents: ReadonlyMap<string, readonly LineageEntry[]>;
  /** Every signal that came into an incident, or left one for none, with the last incident that told so. */
  readonly moved: ReadonlyMap<string, string>;
  /** The last state of every pair that some change set told of; null when it is linked no more. */
  readonly pairs: ReadonlyMap<string, { readonly a: string; readonly b: string; readonly link: Link | null }>;
}

/** Adds up change sets in the order in which they came about. */
export function gatherChanges(changeSets: Iterable<ChangeSet>): GatheredChanges {
  const incidents = new Map<string, LineageEntry[]>();
  const moved = new Map<string, string>();
  const pairs = new Map<string, { a: string; b: string; link: Link | null }>();
  for (const { incidents: changed, links, unlinked } of changeSets) {
    for (const { id, joined, removed, lineage } of changed) {
      const known = incidents.get(id);
      if (known === undefined) incidents.set(id, [...lineage]);
      else known.push(...lineage);
      for (const signal of joined) moved.set(signal, id);
      for (const signal of removed) moved.set(signal, id);
    }
    for (const [a, b] of unlinked) pairs.set(`${a} ${b}`, { a, b, link: null });
    for (const link of links) pairs.set(`${link.a} ${link.b}`, { a: link.a, b: link.b, link });
  }
  return { incidents, moved, pairs };
}
