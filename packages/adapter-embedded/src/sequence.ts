import type { DatabaseSync } from 'node:sqlite';
import { prepareChange } from './open-database.ts';

/** Gives every id its number within one transaction. */
export interface NumberedIds {
  /** The number of an id, given now if it had none. */
  of(id: string): number;
  /** Says that the transaction was kept, so that its numbers may be remembered. */
  keep(): void;
}

/** So many ids are remembered in memory, twice; signals are mostly asked for soon after they came. */
const remembered = 50_000;

/** Numbers the rows of `known`; call it once per transaction. What a transaction that was not kept gave or saw is forgotten. */
export function createSequence(database: DatabaseSync): () => NumberedIds {
  const select = database.prepare('SELECT seq FROM known WHERE id = ?');
  const insert = prepareChange(database, 'INSERT INTO known (id) VALUES (?)');
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
    return {
      of(id) {
        const known = seen.get(id) ?? young.get(id) ?? old.get(id);
        if (known !== undefined) return known;
        const row = select.get(id);
        const seq = Number(row === undefined ? insert.run(id).lastInsertRowid : row.seq);
        seen.set(id, seq);
        return seq;
      },
      keep() {
        for (const [id, seq] of seen) remember(id, seq);
      },
    };
  };
}
