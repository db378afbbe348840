import type { DatabaseSync } from 'node:sqlite';
import { createFacetTally, type FacetTally } from './facet-tally.ts';
import { createMembershipMap, type MembershipMap } from './membership-map.ts';
import { createTermHolders, type HoldersSettings, type TermHolders } from './term-holders.ts';

/**
 * What is kept in memory of the file of one audience, so that what is asked of all incidents does not go through all of them. It is read from the file when it is
 * first needed, and told of every change in the transaction that makes it, which no question can come between. A transaction that is not kept: `forget`.
 */
export interface ViewMemory {
  readonly memberships: MembershipMap;
  readonly holders: TermHolders;
  readonly tally: FacetTally;
  /** Rises with every write: what was worked out at one version is true for as long as it stands. */
  version(): number;
  /** Says that something is being written. */
  changed(): void;
  forget(): void;
}

/** Reads through this connection, of a file that has the view schema. */
export function createViewMemory(database: DatabaseSync, settings?: HoldersSettings): ViewMemory {
  const memberships = createMembershipMap(database);
  const holders = createTermHolders(database, memberships, settings);
  const tally = createFacetTally(database);
  let version = 0;
  return {
    memberships,
    holders,
    tally,
    version: () => version,
    changed() {
      version++;
    },
    forget() {
      version++;
      for (const part of [memberships, holders, tally]) part.forget();
    },
  };
}
