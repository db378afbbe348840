import { resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { IdentityIndex, KnownSignal } from '@samenhang/ports';
import { createDurableWriter } from './durable-writer.ts';
import { openDatabase } from './open-database.ts';

export interface EmbeddedIdentityIndexSettings {
  /** The data directory; the index is `identity.db` in it. */
  readonly directory: string;
  /** Makes a file descriptor durable; `fdatasync` unless a test has it fail. */
  readonly synchronise?: (descriptor: number) => Promise<void>;
}

/** Ids are random: what lies in their order is kept small, and all that is known of them in the order in which it came. */
const schema = `
  CREATE TABLE IF NOT EXISTS places (id TEXT PRIMARY KEY, place INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS entries (place INTEGER PRIMARY KEY, entry TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS latest (one INTEGER PRIMARY KEY CHECK (one = 1), received_at TEXT NOT NULL) STRICT`;

/** The identity index in one SQLite file; a saved entry survives a power cut. */
export async function openEmbeddedIdentityIndex(settings: EmbeddedIdentityIndexSettings): Promise<IdentityIndex> {
  const file = resolve(settings.directory, 'identity.db');
  const database = openDatabase({ file, unavailable: 'store-unavailable', cacheMebibytes: 64 });
  database.exec(schema);
  const { synchronise } = settings;
  const writer = createDurableWriter({
    database,
    file,
    unavailable: 'store-unavailable',
    ...(synchronise === undefined ? {} : { synchronise }),
  });
  const select = database.prepare(`SELECT entries.entry FROM json_each(?) AS wanted
    JOIN places ON places.id = wanted.value JOIN entries ON entries.place = places.place`);
  const put = createEntryWriter(database);
  const readLatest = database.prepare('SELECT received_at FROM latest');
  const raiseLatest = database.prepare(`INSERT INTO latest (one, received_at) VALUES (1, ?)
    ON CONFLICT DO UPDATE SET received_at = max(received_at, excluded.received_at)`);

  return {
    async find(ids) {
      const found: KnownSignal[] = select.all(JSON.stringify(ids)).map(({ entry }) => JSON.parse(String(entry)));
      return new Map(found.map((entry) => [entry.id, entry]));
    },
    async save(entries) {
      if (entries.length === 0) return;
      // Rows that lie near each other are written together: a page is written once per transaction.
      const ordered = [...new Map(entries.map((entry) => [entry.id, entry])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
      let latest = '';
      for (const { receivedAt } of entries) if (receivedAt > latest) latest = receivedAt;
      await writer.write(() => {
        put(ordered);
        raiseLatest.run(latest);
      });
    },
    async latestReceivedAt() {
      const row = readLatest.get();
      return row === undefined ? undefined : String(row.received_at);
    },
    async [Symbol.asyncDispose]() {
      await writer[Symbol.asyncDispose]();
      if (database.isOpen) database.close();
    },
  };
}

/** Writes entries, each in place of what was known of its id. Within a transaction. */
function createEntryWriter(database: DatabaseSync): (entries: readonly KnownSignal[]) => void {
  const lastPlace = database.prepare('SELECT max(place) AS last FROM entries');
  const addPlace = database.prepare('INSERT INTO places (id, place) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const addEntry = database.prepare('INSERT INTO entries (place, entry) VALUES (?, ?)');
  const replaceEntry = database.prepare('UPDATE entries SET entry = ? WHERE place = (SELECT place FROM places WHERE id = ?)');
  return (entries) => {
    let next = Number(lastPlace.get()?.last ?? 0) + 1;
    for (const entry of entries) {
      const text = JSON.stringify(entry);
      if (addPlace.run(entry.id, next).changes === 0) replaceEntry.run(text, entry.id);
      else addEntry.run(next++, text);
    }
  };
}
