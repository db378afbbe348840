import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { DeliveredRecord } from '@samenhang/ports';
import { type RecordRow, storedRecord } from './stored-record.ts';

/** A record made ready for its row. */
export interface PreparedRecord {
  readonly partition: number;
  readonly key: string;
  readonly headers: string | null;
  readonly json: string;
}

/** The rows of one topic: a table per partition, its rowid the offset, so that appending always writes at the end. */
export interface TopicFile {
  /** Makes at least so many partitions exist. Within a transaction. */
  ensurePartitions(count: number): void;
  /** Inserts the records and gives their offsets in order; reads the ends anew, so that another connection may have written. Within a transaction. */
  insert(records: readonly PreparedRecord[], timestampMs: number): readonly number[];
  /** Records of [from, end) in order, at least one if there is one, and no more than asked or than fit in memory comfortably. */
  read(partition: number, from: number, end: number, maxRecords: number): readonly DeliveredRecord[];
  /** The next offset of every partition as the file has them now. */
  ends(): number[];
  /** A number that changes when another connection has written. */
  version(): number;
}

interface PartitionStatements {
  readonly insert: StatementSync;
  readonly select: StatementSync;
  readonly last: StatementSync;
}

const batchBytes = 8 * 1024 * 1024;

const createTable = (partition: number): string =>
  `CREATE TABLE IF NOT EXISTS records_${partition} (
    offset INTEGER PRIMARY KEY, timestamp_ms INTEGER NOT NULL, key TEXT NOT NULL, headers TEXT, value ANY NOT NULL
  ) STRICT`;

/** Works on an open topic file; the tables are made by `ensurePartitions`. */
export function createTopicFile(database: DatabaseSync, topic: string): TopicFile {
  database.exec('CREATE TABLE IF NOT EXISTS partitions (partition INTEGER PRIMARY KEY) STRICT');
  const countPartitions = database.prepare('SELECT count(*) AS n FROM partitions');
  const addPartition = database.prepare('INSERT INTO partitions (partition) VALUES (?)');
  const dataVersion = database.prepare('PRAGMA data_version');
  const prepared: PartitionStatements[] = [];

  const statements = (partition: number): PartitionStatements => (prepared[partition] ??= prepare(database, partition));
  const end = (partition: number): number => Number(statements(partition).last.get()?.last ?? -1) + 1;

  return {
    ensurePartitions(count) {
      for (let partition = Number(countPartitions.get()?.n); partition < count; partition++) {
        database.exec(createTable(partition));
        addPartition.run(partition);
      }
    },
    insert(records, timestampMs) {
      const next = new Map<number, number>();
      return records.map(({ partition, key, headers, json }) => {
        const offset = next.get(partition) ?? end(partition);
        next.set(partition, offset + 1);
        statements(partition).insert.run(offset, timestampMs, key, headers, json);
        return offset;
      });
    },
    read(partition, from, end, maxRecords) {
      const batch: DeliveredRecord[] = [];
      let bytes = 0;
      for (const row of statements(partition).select.iterate(from, end, maxRecords)) {
        const record = rowOf(row);
        batch.push(storedRecord(topic, partition, record));
        bytes += record.value.length;
        if (bytes >= batchBytes) break;
      }
      return batch;
    },
    ends: () => Array.from({ length: Number(countPartitions.get()?.n) }, (_, partition) => end(partition)),
    version: () => Number(dataVersion.get()?.data_version),
  };
}

function prepare(database: DatabaseSync, partition: number): PartitionStatements {
  const table = `records_${partition}`;
  return {
    insert: database.prepare(`INSERT INTO ${table} (offset, timestamp_ms, key, headers, value) VALUES (?, ?, ?, ?, ?)`),
    select: database.prepare(
      `SELECT offset, timestamp_ms, key, headers, value FROM ${table} WHERE offset >= ? AND offset < ? ORDER BY offset LIMIT ?`,
    ),
    last: database.prepare(`SELECT max(offset) AS last FROM ${table}`),
  };
}

function rowOf(row: Record<string, unknown>): RecordRow {
  const { offset, timestamp_ms, key, headers, value } = row;
  return {
    offset: Number(offset),
    timestampMs: Number(timestamp_ms),
    key: String(key),
    headers: typeof headers === 'string' ? headers : null,
    value: value instanceof Uint8Array ? value : String(value),
  };
}
