import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EventLogUnderTest, IdentityIndexUnderTest, ViewStoreUnderTest } from '@samenhang/ports/contract';
import { openEmbeddedEventLog } from './embedded-event-log.ts';
import { openEmbeddedIdentityIndex } from './embedded-identity-index.ts';
import { openEmbeddedViewStore } from './embedded-view-store.ts';

/** A directory of its own that is removed when disposed. */
export function temporaryDirectory(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'samenhang-embedded-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Opens a resource on a fresh directory, and again on the same one. */
async function openReopenable<T extends AsyncDisposable>(open: (directory: string) => Promise<T>) {
  const directory = temporaryDirectory();
  let current = await open(directory.path);
  return {
    directory: directory.path,
    current: () => current,
    async reopen() {
      await current[Symbol.asyncDispose]();
      current = await open(directory.path);
    },
    async [Symbol.asyncDispose]() {
      await current[Symbol.asyncDispose]();
      directory[Symbol.dispose]();
    },
  };
}

/** An embedded event log for the contract suite; failures are tried again at once. */
export async function openEventLogUnderTest(): Promise<EventLogUnderTest> {
  const resource = await openReopenable((directory) =>
    openEmbeddedEventLog({ directory, backOff: { firstMs: 1, mostMs: 20 }, pollMs: 20 }),
  );
  return {
    get log() {
      return resource.current();
    },
    reopen: resource.reopen,
    async writeBytes({ topic, partition, key }, bytes) {
      const database = new DatabaseSync(join(resource.directory, 'log', `${topic}.db`), { timeout: 5_000 });
      const table = `records_${partition}`;
      database.prepare(`INSERT INTO ${table} SELECT coalesce(max(offset) + 1, 0), ?, ?, NULL, ? FROM ${table}`).run(Date.now(), key, bytes);
      database.close();
    },
    [Symbol.asyncDispose]: resource[Symbol.asyncDispose],
  };
}

/** An embedded identity index for the contract suite. */
export async function openIdentityIndexUnderTest(): Promise<IdentityIndexUnderTest> {
  const resource = await openReopenable((directory) => openEmbeddedIdentityIndex({ directory }));
  return {
    get index() {
      return resource.current();
    },
    reopen: resource.reopen,
    [Symbol.asyncDispose]: resource[Symbol.asyncDispose],
  };
}

/** An embedded view store for the contract suite. */
export async function openViewStoreUnderTest(): Promise<ViewStoreUnderTest> {
  const resource = await openReopenable((directory) => openEmbeddedViewStore({ directory }));
  return {
    get store() {
      return resource.current();
    },
    reopen: resource.reopen,
    [Symbol.asyncDispose]: resource[Symbol.asyncDispose],
  };
}
