import { resolve } from 'node:path';
import type { IdentityIndex, KnownSignal } from '@samenhang/ports';
import { createDurableWriter } from './durable-writer.ts';
import { openDatabase } from './open-database.ts';

export interface EmbeddedIdentityIndexSettings {
  /** The data directory; the index is `identity.db` in it. */
  readonly directory: string;
  /** Makes a file descriptor durable; `fdatasync` unless a test has it fail. */
  readonly synchronise?: (descriptor: number) => Promise<void>;
}

const schema = `
  CREATE TABLE IF NOT EXISTS known_signals (
    id TEXT PRIMARY KEY, first_received_at TEXT NOT NULL, received_at TEXT NOT NULL, revisions TEXT NOT NULL, markings TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
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
  const select = database.prepare('SELECT * FROM known_signals WHERE id IN (SELECT value FROM json_each(?))');
  const replace = database.prepare(
    'REPLACE INTO known_signals (id, first_received_at, received_at, revisions, markings) VALUES (?, ?, ?, ?, ?)',
  );
  const readLatest = database.prepare('SELECT received_at FROM latest');
  const raiseLatest = database.prepare(`INSERT INTO latest (one, received_at) VALUES (1, ?)
    ON CONFLICT DO UPDATE SET received_at = max(received_at, excluded.received_at)`);

  return {
    find: async (ids) => new Map(select.all(JSON.stringify(ids)).map((row) => [String(row.id), knownSignal(row)])),
    async save(entries) {
      if (entries.length === 0) return;
      // Rows that lie near each other are written together: ids are random, and a page is written once per transaction.
      const ordered = [...new Map(entries.map((entry) => [entry.id, entry])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
      const latest =
        entries
          .map(({ receivedAt }) => receivedAt)
          .sort()
          .at(-1) ?? '';
      await writer.write(() => {
        for (const { id, firstReceivedAt, receivedAt, revisions, markings } of ordered) {
          replace.run(id, firstReceivedAt, receivedAt, JSON.stringify(revisions), JSON.stringify(markings));
        }
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

function knownSignal(row: Record<string, unknown>): KnownSignal {
  return {
    id: String(row.id),
    firstReceivedAt: String(row.first_received_at),
    receivedAt: String(row.received_at),
    revisions: JSON.parse(String(row.revisions)),
    markings: JSON.parse(String(row.markings)),
  };
}
