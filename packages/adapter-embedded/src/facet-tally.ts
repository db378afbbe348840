import type { DatabaseSync } from 'node:sqlite';
import { type CodeCounts, createCodeCounts } from './facet-codes.ts';
import type { NumberSet } from './number-set.ts';

/** As much of an incident as is counted: 0 is the size of one that ended. */
export interface Counted {
  readonly size: number;
  readonly facets: string;
}

/** How many incidents have each facet code, without reading all of them for each question. */
export interface FacetTally {
  /** Over every incident of at least this size. */
  ofAll(minSize: 1 | 2): ReadonlyMap<number, number>;
  /** Over those of these incidents that have two members and more. */
  ofThose(incidents: NumberSet): ReadonlyMap<number, number>;
  /** Takes over a change that is being written; `before` is only asked for when something was counted. */
  changed(incident: number, before: () => Counted | undefined, after: Counted): void;
  /** Counts anew when it is asked next. */
  forget(): void;
}

const from = (minSize: 1 | 2): string =>
  `FROM incidents INDEXED BY ${minSize === 1 ? 'every_incident_by_activity' : 'incidents_by_activity'} WHERE size >= ${minSize}`;

/** Reads an index of the file once for each sort of question, and is told of every change from then on. */
export function createFacetTally(database: DatabaseSync): FacetTally {
  const texts = new Map(
    ([1, 2] as const).map((least) => [least, database.prepare(`SELECT group_concat(facets, '') AS facets ${from(least)}`)]),
  );
  const rows = database.prepare(`SELECT seq, facets ${from(2)}`);
  const totals = new Map<1 | 2, CodeCounts>();
  let facetsOf: Map<number, string> | undefined;

  function countAll(least: 1 | 2): CodeCounts {
    const counted = createCodeCounts();
    counted.add(String(texts.get(least)?.get()?.facets ?? ''), 1);
    totals.set(least, counted);
    return counted;
  }

  function readFacets(): Map<number, string> {
    const read = new Map<number, string>();
    for (const { seq, facets } of rows.iterate()) read.set(Number(seq), String(facets));
    facetsOf = read;
    return read;
  }

  return {
    ofAll: (minSize) => (totals.get(minSize) ?? countAll(minSize)).counts(),
    ofThose(incidents) {
      const known = facetsOf ?? readFacets();
      const counted = createCodeCounts();
      for (const incident of incidents.numbers()) counted.add(known.get(incident) ?? '', 1);
      return counted.counts();
    },
    changed(incident, before, after) {
      if (totals.size > 0) {
        const was = before();
        for (const [least, counted] of totals) {
          if (was !== undefined && was.size >= least) counted.add(was.facets, -1);
          if (after.size >= least) counted.add(after.facets, 1);
        }
      }
      if (after.size >= 2) facetsOf?.set(incident, after.facets);
      else facetsOf?.delete(incident);
    },
    forget() {
      totals.clear();
      facetsOf = undefined;
    },
  };
}
