/** What is known of messages that may come again, by their offset in one partition. */
export interface Uncommitted<T> {
  /** What was begun for a message; begins it when it comes for the first time. */
  at(offset: number, begin: () => T): T;
  /** The batch in hand ended, committed or not: the next message is the first of a batch, and all before it is committed. */
  endBatch(): void;
  clear(): void;
}

/** Remembers what was begun for a message until a batch begins after it, however batches are cut; empty at first. */
export function createUncommitted<T>(): Uncommitted<T> {
  const begun = new Map<number, T>();
  let betweenBatches = true;
  const forgetBefore = (offset: number): void => {
    for (const earlier of begun.keys()) if (earlier < offset) begun.delete(earlier);
  };
  return {
    at(offset, begin) {
      if (betweenBatches) forgetBefore(offset);
      betweenBatches = false;
      const known = begun.get(offset);
      if (known !== undefined) return known;
      const fresh = begin();
      begun.set(offset, fresh);
      return fresh;
    },
    endBatch() {
      betweenBatches = true;
    },
    clear: () => begun.clear(),
  };
}
