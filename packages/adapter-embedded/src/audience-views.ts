import type { DatabaseSync } from 'node:sqlite';
import type { ViewWrite } from '@samenhang/ports';
import { createDurableWriter } from './durable-writer.ts';
import { openDatabase, prepareChange } from './open-database.ts';
import { createViewReader, type ViewReader } from './view-reader.ts';
import { viewSchema, viewSchemaVersion } from './view-schema.ts';
import { createViewWriter } from './view-writer.ts';

/** The views of one audience: a file of its own, with one connection that writes and one that only reads. */
export interface AudienceViews extends AsyncDisposable {
  readonly reader: ViewReader;
  /** Resolves once the writes are durable and can be read. */
  save(writes: readonly ViewWrite[]): Promise<void>;
  check(): Promise<void>;
}

interface AudienceViewsSettings {
  readonly file: string;
  /** Makes a file descriptor durable; `fdatasync` unless a test has it fail. */
  readonly synchronise?: (descriptor: number) => Promise<void>;
}

/** Opens the file of one audience, made when it is missing. */
export function openAudienceViews({ file, synchronise }: AudienceViewsSettings): AudienceViews {
  const database = openDatabase({ file, unavailable: 'store-unavailable', cacheMebibytes: 64, pageBytes: 8192 });
  prepareSchema(database);
  const reading = openDatabase({ file, unavailable: 'store-unavailable', readOnly: true, cacheMebibytes: 32 });
  const durable = createDurableWriter({
    database,
    file,
    unavailable: 'store-unavailable',
    ...(synchronise === undefined ? {} : { synchronise }),
  });
  const writer = createViewWriter(database);
  const touch = prepareChange(database, 'INSERT INTO checks (id, count) VALUES (1, 1) ON CONFLICT DO UPDATE SET count = count + 1');
  return {
    reader: createViewReader(reading),
    async save(writes) {
      const keep = await durable.write(() => writer.apply(writes));
      keep();
    },
    check: () => durable.write(() => void touch.run()),
    async [Symbol.asyncDispose]() {
      await durable[Symbol.asyncDispose]();
      if (reading.isOpen) reading.close();
      if (database.isOpen) database.close();
    },
  };
}

/** Makes the tables; those of another form are dropped with all they hold, which the log gives again. */
function prepareSchema(database: DatabaseSync): void {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
  if (tables.length > 0 && database.prepare('PRAGMA application_id').get()?.application_id !== viewSchemaVersion) {
    // The full-text table takes its own tables with it.
    database.exec('DROP TABLE IF EXISTS signal_terms');
    for (const { name } of tables) database.exec(`DROP TABLE IF EXISTS "${String(name)}"`);
  }
  database.exec(`${viewSchema}; PRAGMA application_id = ${viewSchemaVersion}`);
}
