/** What was handled of each partition since its last batch ended. */
export interface Batches<T> {
  add(partition: number, item: T): void;
  /** Gives the items in order and starts anew. */
  take(partition: number): readonly T[];
  forget(partition: number): void;
}

/** Keeps the items of each partition apart; empty at first. */
export function batches<T>(): Batches<T> {
  const open = new Map<number, T[]>();
  return {
    add(partition, item) {
      const items = open.get(partition);
      if (items === undefined) open.set(partition, [item]);
      else items.push(item);
    },
    take(partition) {
      const items = open.get(partition) ?? [];
      open.delete(partition);
      return items;
    },
    forget: (partition) => void open.delete(partition),
  };
}
