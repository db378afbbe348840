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
  readonly size: number;
}

/** Keeps which partitions of one topic this consumer owns, so that `assigned` and `revoked` are told exactly once each. */
export function createOwnership(): Ownership {
  let owner: string | undefined;
  let owned = new Set<number>();
  return {
    join(memberId, partitions) {
      const kept = owner === memberId ? owned : new Set<number>();
      const next = new Set(partitions);
      const change = {
        lost: [...owned].filter((partition) => !next.has(partition) || !kept.has(partition)),
        gained: [...next].filter((partition) => !kept.has(partition)),
      };
      owner = memberId;
      owned = next;
      return change;
    },
    leave() {
      const lost = [...owned];
      owner = undefined;
      owned = new Set();
      return lost;
    },
    has: (partition) => owned.has(partition),
    get size() {
      return owned.size;
    },
  };
}
