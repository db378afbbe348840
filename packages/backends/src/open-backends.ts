import { lockDataDirectory, openEmbeddedEventLog, openEmbeddedIdentityIndex, openEmbeddedViewStore } from '@samenhang/adapter-embedded';
import type { KafkaSettings } from '@samenhang/adapter-kafka';
import type { EventLog, IdentityIndex, ViewStore } from '@samenhang/ports';
import { type ProcessSettings, ServiceError } from '@samenhang/runtime';
import { type KafkaProcessSettings, kafkaSettingsOf } from './kafka-settings-of.ts';
import { openScratchViews } from './open-scratch-views.ts';

/** Everything outside that the services need. Disposing closes all of it. */
export interface Backends extends AsyncDisposable {
  readonly kind: 'embedded' | 'distributed';
  readonly log: EventLog;
  readonly identity: IdentityIndex;
  readonly views: ViewStore;
  /** An empty store for what is worked out once and thrown away. */
  openScratch(): Promise<ViewStore>;
}

/** The settings that choose. */
export type BackendSettings = Pick<ProcessSettings, 'data' | 'mongodbUri'> & KafkaProcessSettings;

/**
 * Opens Kafka and MongoDB when the addresses of both are given, and the embedded engine in the data directory when neither is; throws
 * `config-invalid` when only one is. The embedded engine holds the data directory's lock, so a second process gets `data-directory-in-use`.
 */
export async function openBackends({ data, mongodbUri, ...settings }: BackendSettings): Promise<Backends> {
  const kafka = kafkaSettingsOf(settings);
  if (kafka !== undefined && mongodbUri !== undefined) return openDistributed(kafka, mongodbUri);
  if (kafka === undefined && mongodbUri === undefined) return openEmbedded(data);
  const missing = kafka === undefined ? 'the addresses of the Kafka brokers' : 'the address of MongoDB';
  throw new ServiceError(
    'config-invalid',
    `${missing} is missing: give both (KAFKA_BROKERS and MONGODB_URI), or neither to run on the data directory`,
  );
}

/** Opens the embedded engine for one more thread of the process that holds the data directory's lock. */
export const openForThread = (directory: string): Promise<Backends> => openFiles(directory, []);

const openEmbedded = async (directory: string): Promise<Backends> => openFiles(directory, [lockDataDirectory(directory)]);

/** What is held is let go when all is closed, or when opening fails. */
async function openFiles(directory: string, held: readonly Disposable[]): Promise<Backends> {
  await using opened = new AsyncDisposableStack();
  for (const each of held) opened.use(each);
  const log = opened.use(await openEmbeddedEventLog({ directory }));
  const identity = opened.use(await openEmbeddedIdentityIndex({ directory }));
  const views = opened.use(await openEmbeddedViewStore({ directory }));
  return closing(opened.move(), { kind: 'embedded', log, identity, views });
}

// The drivers are loaded only by processes that use them.
async function openDistributed(kafka: KafkaSettings, uri: string): Promise<Backends> {
  const { openKafkaEventLog } = await import('@samenhang/adapter-kafka');
  const { openMongoIdentityIndex, openMongoViewStore } = await import('@samenhang/adapter-mongodb');
  await using opened = new AsyncDisposableStack();
  const log = opened.use(await openKafkaEventLog(kafka));
  const identity = opened.use(await openMongoIdentityIndex({ uri }));
  const views = opened.use(await openMongoViewStore({ uri }));
  return closing(opened.move(), { kind: 'distributed', log, identity, views });
}

const closing = (opened: AsyncDisposableStack, parts: Omit<Backends, 'openScratch' | typeof Symbol.asyncDispose>): Backends => ({
  ...parts,
  openScratch: openScratchViews,
  [Symbol.asyncDispose]: () => opened.disposeAsync(),
});
