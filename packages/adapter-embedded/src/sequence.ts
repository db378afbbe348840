import type { DatabaseSync } from 'node:sqlite';
import { prepareChange } from './open-database.ts';

/** Gives every id its number within one transaction. */
export interface NumberedIds {
  /** The number of an id, given now if it had none. */
  of(id: string): number;
  /** The number of an id that has one. */
  find(id: string): number | undefined;
  /** Gives a number to an id that has none, together with the position of its first view. */
  add(id: string, position: number | null): number;
  /** Says that the transaction was kept, so that its numbers may be remembered. */
  keep(): void;
}

/** So many ids are remembered in memory, twice; signals are mostly asked for soon after they came. */
const remembered = 50_000;

/** Numbers the rows of `known`; call it once per transaction. What a transaction that was not kept gave or saw is forgotten. */
export function createSequence(database: DatabaseSync): () => NumberedIds {
  const select = database.prepare('SELECT seq FROM known WHERE id = ?');
  const insert = prepareChange(database, 'INSERT INTO known (id, position) VALUES (?, ?)');
  let young = new Map<string, number>();
  let old = new Map<string, number>();

  const remember = (id: string, seq: number): void => {
    if (young.size >= remembered) {
      old = young;
      young = new Map();
    }
    young.set(id, seq);
  };

  return () => {
    const seen = new Map<string, number>();
    const find = (id: string): number | undefined => {
      const remembered = seen.get(id) ?? young.get(id) ?? old.get(id);
      if (remembered !== undefined) return remembered;
      const row = select.get(id);
      if (row === undefined) return undefined;
      seen.set(id, Number(row.seq));
      return Number(row.seq);
    };
    const add = (id: string, position: number | null): number => {
      const seq = Number(insert.run(id, position).lastInsertRowid);
      seen.set(id, seq);
      return seq;
    };
    return {
      find,
      add,
      of: (id) => find(id) ?? add(id, null),
      keep() {
        for (const [id, seq] of seen) remember(id, seq);
      },
    };
  };
}
