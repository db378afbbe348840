import { closeSync, fdatasync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describeError, type ProblemCode, ServiceError } from '@samenhang/runtime';

export interface DurableWriter extends AsyncDisposable {
  /**
   * Runs `work` in a transaction and resolves with its result once that is durable (survives a power cut). Work of the same turn of the event loop, and
   * work that comes while an earlier transaction is made durable, shares one transaction; results come in the order of the calls. Rejects when
   * the work threw or nothing of it may be kept.
   */
  write<T>(work: () => T): Promise<T>;
  /** Resolves when nothing that was written is still on its way to the disk. */
  idle(): Promise<void>;
}

interface Job {
  run(): void;
  done(): void;
  failed(error: unknown): void;
}

interface WriterSettings {
  readonly database: DatabaseSync;
  readonly file: string;
  readonly unavailable: ProblemCode;
  /** Makes what was written to a file descriptor durable; a parameter so that a test can have it fail. */
  readonly synchronise?: (descriptor: number) => Promise<void>;
}

/** So many pieces of work at most in one transaction, so that none holds the event loop for long. */
const jobsPerTransaction = 256;

/**
 * Group commit for one SQLite file in WAL mode. The transaction is committed on this thread and its WAL frames are synchronised off it (the same as
 * `synchronous=FULL`, without blocking the event loop). After a failed synchronisation nothing is written any more: what the kernel dropped cannot be known.
 */
export function createDurableWriter(settings: WriterSettings): DurableWriter {
  const { database, file, unavailable, synchronise = promisify(fdatasync) } = settings;
  // A transaction that writes makes the WAL exist; it then keeps its inode as long as the connection is open.
  database.exec('PRAGMA user_version = 1');
  const wal = openSync(`${file}-wal`, 'r');
  const waiting: Job[] = [];
  let running: Promise<void> | undefined;
  let closed: ServiceError | undefined;
  let disposed = false;

  const unavailableError = (cause: unknown) => new ServiceError(unavailable, `cannot write ${file}: ${describeError(cause)}`, { cause });

  function transact(jobs: readonly Job[]): readonly Job[] {
    try {
      database.exec('BEGIN IMMEDIATE');
      for (const job of jobs) job.run();
      database.exec('COMMIT');
      return jobs;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      if (jobs.length > 1) return jobs.flatMap((job) => transact([job]));
      jobs[0]?.failed(isSqliteError(error) ? unavailableError(error) : error);
      return [];
    }
  }

  async function commitDurably(jobs: readonly Job[]): Promise<void> {
    const committed = transact(jobs);
    if (committed.length === 0) return;
    try {
      await synchronise(wal);
      for (const job of committed) job.done();
    } catch (error) {
      closed = unavailableError(error);
      for (const job of committed) job.failed(closed);
    }
  }

  async function drain(): Promise<void> {
    await nextTurn();
    while (waiting.length > 0) {
      const jobs = waiting.splice(0, jobsPerTransaction);
      if (closed === undefined) await commitDurably(jobs);
      else for (const job of jobs) job.failed(closed);
    }
    running = undefined;
  }

  return {
    write<T>(work: () => T): Promise<T> {
      if (closed !== undefined) return Promise.reject(closed);
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      let result: { readonly value: T } | undefined;
      waiting.push({
        run() {
          result = { value: work() };
        },
        done() {
          if (result !== undefined) resolve(result.value);
        },
        failed: reject,
      });
      running ??= drain();
      return promise;
    },
    idle: async () => running,
    async [Symbol.asyncDispose]() {
      await running;
      if (disposed) return;
      disposed = true;
      closed ??= new ServiceError(unavailable, `${file} is closed`);
      closeSync(wal);
    },
  };
}

const isSqliteError = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR';
