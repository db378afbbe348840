import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { describeError, type ProblemCode, ServiceError } from '@samenhang/runtime';

export interface DatabaseSettings {
  readonly file: string;
  /** The code of the error that says why it cannot be opened. */
  readonly unavailable: ProblemCode;
  readonly readOnly?: boolean;
  readonly pageBytes?: number;
  readonly cacheMebibytes?: number;
}

/** How long one connection waits for another one's transaction. */
const busyTimeoutMs = 10_000;
/** A longer write-ahead log lets pages that change again and again be copied into the file once. */
const checkpointBytes = 32 * 1024 * 1024;

/**
 * Opens an SQLite file in WAL mode, made when it is missing; throws a ServiceError that names the file when it cannot. A commit is visible at once
 * and durable after `createDurableWriter` has synchronised the WAL; checkpoints synchronise on their own.
 */
export function openDatabase(settings: DatabaseSettings): DatabaseSync {
  const { file, unavailable, readOnly = false } = settings;
  try {
    if (!readOnly) mkdirSync(dirname(file), { recursive: true });
    const database = new DatabaseSync(file, { readOnly, timeout: busyTimeoutMs });
    try {
      if (!readOnly) prepareForWriting(database, settings);
      database.exec(`PRAGMA cache_size = ${-1024 * (settings.cacheMebibytes ?? 16)}`);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (cause) {
    throw new ServiceError(unavailable, `cannot open ${file}: ${describeError(cause)}`, { cause });
  }
}

function prepareForWriting(database: DatabaseSync, { file, pageBytes = 4096 }: DatabaseSettings): void {
  database.exec(`PRAGMA page_size = ${pageBytes}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL`);
  database.exec(`PRAGMA wal_autocheckpoint = ${Math.ceil(checkpointBytes / pageBytes)}; PRAGMA temp_store = MEMORY`);
  // A new file is durable only when the directories that name it are.
  for (const directory of [dirname(file), dirname(dirname(file))]) synchroniseDirectory(directory);
}

function synchroniseDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Prepares a statement that changes rows. Its result carries the connection's last rowid, which the full-text index leaves beyond what a number can
 * hold; read as a number it would throw after the change was made.
 */
export function prepareChange(database: DatabaseSync, sql: string): StatementSync {
  const statement = database.prepare(sql);
  statement.setReadBigInts(true);
  return statement;
}
