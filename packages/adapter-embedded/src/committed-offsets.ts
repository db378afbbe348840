import { openDatabase } from './open-database.ts';

/** The committed next offset of every group, topic and partition. */
export interface CommittedOffsets extends Disposable {
  find(topic: string, group: string): ReadonlyMap<number, number>;
  /** Keeps the offset unless a larger one is kept: a late commit of an old owner never takes a group back. */
  commit(at: { readonly topic: string; readonly group: string; readonly partition: number; readonly nextOffset: number }): void;
  /** Throws when nothing can be written now. */
  check(): void;
}

/**
 * Opens the file of committed offsets. A commit is seen at once and survives the death of the process; a power cut may take the last ones
 * back, which delivers their records again and loses nothing.
 */
export function openCommittedOffsets(file: string): CommittedOffsets {
  const database = openDatabase({ file, unavailable: 'log-unavailable', cacheMebibytes: 1 });
  database.exec(`CREATE TABLE IF NOT EXISTS committed (
    topic TEXT NOT NULL, consumer_group TEXT NOT NULL, partition INTEGER NOT NULL, next_offset INTEGER NOT NULL,
    PRIMARY KEY (topic, consumer_group, partition)) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS checks (id INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT`);
  const select = database.prepare('SELECT partition, next_offset FROM committed WHERE topic = ? AND consumer_group = ?');
  const upsert = database.prepare(`INSERT INTO committed (topic, consumer_group, partition, next_offset) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET next_offset = max(next_offset, excluded.next_offset)`);
  const touch = database.prepare('INSERT INTO checks (id, at) VALUES (1, 1) ON CONFLICT DO UPDATE SET at = at + 1');
  return {
    find: (topic, group) => new Map(select.all(topic, group).map(({ partition, next_offset }) => [Number(partition), Number(next_offset)])),
    commit: ({ topic, group, partition, nextOffset }) => void upsert.run(topic, group, partition, nextOffset),
    check: () => void touch.run(),
    [Symbol.dispose]() {
      if (database.isOpen) database.close();
    },
  };
}
