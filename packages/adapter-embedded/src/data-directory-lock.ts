import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describeError, ServiceError } from '@samenhang/runtime';

/**
 * Holds a data directory for this process until disposed. Throws `data-directory-in-use` when another one holds it. The lock is the operating system's
 * (an SQLite transaction held open), so the death of the process, however it dies, releases it.
 */
export function lockDataDirectory(directory: string): Disposable {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(directory, { recursive: true });
    database = new DatabaseSync(join(directory, 'lock.db'), { timeout: 0 });
    database.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch (cause) {
    database?.close();
    if (isBusy(cause))
      throw new ServiceError('data-directory-in-use', `another process is using the data directory ${directory}`, { cause });
    throw new ServiceError('start-failed', `cannot use the data directory ${directory}: ${describeError(cause)}`, { cause });
  }
  const held = database;
  return {
    [Symbol.dispose]() {
      if (held.isOpen) held.close();
    },
  };
}

/** SQLITE_BUSY, https://www.sqlite.org/rescode.html#busy */
const isBusy = (error: unknown): boolean => error instanceof Error && 'errcode' in error && error.errcode === 5;
