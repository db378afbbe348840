import { type Db, MongoClient, ReadPreference } from 'mongodb';
import { onceDone } from './once-done.ts';
import { asking } from './store-unavailable.ts';

/** How to reach a MongoDB (4.4 or newer, or what speaks its protocol). User, TLS and replica set stand in the connection string. */
export interface MongoSettings {
  readonly uri: string;
  /** Name of the database; default `samenhang`. */
  readonly database?: string;
  /** A question that is not answered within this time is rejected as `store-unavailable`; default 5,000. */
  readonly selectionTimeoutMs?: number;
}

export interface MongoConnection {
  readonly db: Db;
  /** What the work gives, over a client that is connected; a failure of the server or the way to it is rejected as `store-unavailable`. */
  ask<T>(what: string, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A client that connects when it is first asked. What it writes is on a majority of journals; what it reads cannot be rolled back. */
export function connectMongo(settings: MongoSettings): MongoConnection {
  const selectionTimeoutMs = settings.selectionTimeoutMs ?? 5_000;
  const client = new MongoClient(settings.uri, {
    appName: 'samenhang',
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    readPreference: ReadPreference.primary,
    serverSelectionTimeoutMS: selectionTimeoutMs,
    connectTimeoutMS: 20_000,
    serverMonitoringMode: 'poll',
    socketTimeoutMS: 60_000,
    maxPoolSize: 8,
    ignoreUndefined: true,
  });
  // A client whose first connection fails stays closed for whoever only uses it: connecting is asked for until it has succeeded once.
  const connected = onceDone(async () => void (await client.connect()));
  const ask: MongoConnection['ask'] = (what, work) =>
    asking(what, async () => {
      await connected();
      return work();
    });
  return { db: client.db(settings.database ?? 'samenhang'), ask, close: () => client.close() };
}
