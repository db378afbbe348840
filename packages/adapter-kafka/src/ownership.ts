/** What a new assignment changes for one member of a group. */
export interface OwnershipChange {
  readonly lost: readonly number[];
  readonly gained: readonly number[];
}

export interface Ownership {
  /** The assignment this member was given now. A partition stays only if the member is still the same: a member that was expelled and let in again may have missed another owner. */
  join(memberId: string, partitions: readonly number[]): OwnershipChange;
  /** Everything is lost: the consumer crashed or stops. */
  leave(): readonly number[];
  has(partition: number): boolean;
  /** Since which assignment it is owned, without a break; undefined while it is not. Whoever sees it change has lost the partition, even if it is owned again. */
  since(partition: number): number | undefined;
  readonly size: number;
}

/** Keeps which partitions of one topic this consumer owns, so that `assigned` and `revoked` are told exactly once each. */
export function createOwnership(): Ownership {
  let owner: string | undefined;
  let assignment = 0;
  let owned: ReadonlyMap<number, number> = new Map();
  return {
    join(memberId, partitions) {
      assignment++;
      const kept = owner === memberId ? owned : new Map<number, number>();
      const next = new Map(partitions.map((partition) => [partition, kept.get(partition) ?? assignment]));
      const change = {
        lost: [...owned.keys()].filter((partition) => !next.has(partition) || !kept.has(partition)),
        gained: [...next.keys()].filter((partition) => !kept.has(partition)),
      };
      owner = memberId;
      owned = next;
      return change;
    },
    leave() {
      const lost = [...owned.keys()];
      owner = undefined;
      owned = new Map();
      return lost;
    },
    has: (partition) => owned.has(partition),
    since: (partition) => owned.get(partition),
    get size() {
      return owned.size;
    },
  };
}
