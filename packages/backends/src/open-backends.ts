import { lockDataDirectory, openEmbeddedEventLog, openEmbeddedIdentityIndex, openEmbeddedViewStore } from '@samenhang/adapter-embedded';
import type { EventLog, IdentityIndex, ViewStore } from '@samenhang/ports';
import { type ProcessSettings, ServiceError } from '@samenhang/runtime';

/** Everything outside that the services need. Disposing closes all of it. */
export interface Backends extends AsyncDisposable {
  readonly kind: 'embedded' | 'distributed';
  readonly log: EventLog;
  readonly identity: IdentityIndex;
  readonly views: ViewStore;
}

/** The settings that choose. */
export type BackendSettings = Pick<ProcessSettings, 'data' | 'kafkaBrokers' | 'mongodbUri'>;

/**
 * Opens Kafka and MongoDB when the addresses of both are given, and the embedded engine in the data directory when neither is; throws
 * `config-invalid` when only one is. The embedded engine holds the data directory's lock, so a second process gets `data-directory-in-use`.
 */
export async function openBackends({ data, kafkaBrokers, mongodbUri }: BackendSettings): Promise<Backends> {
  if (kafkaBrokers !== undefined && mongodbUri !== undefined) return openDistributed(kafkaBrokers, mongodbUri);
  if (kafkaBrokers === undefined && mongodbUri === undefined) return openEmbedded(data);
  const missing = kafkaBrokers === undefined ? 'the addresses of the Kafka brokers' : 'the address of MongoDB';
  throw new ServiceError(
    'config-invalid',
    `${missing} is missing: give both (KAFKA_BROKERS and MONGODB_URI), or neither to run on the data directory`,
  );
}

async function openEmbedded(directory: string): Promise<Backends> {
  await using opened = new AsyncDisposableStack();
  opened.use(lockDataDirectory(directory));
  const log = opened.use(await openEmbeddedEventLog({ directory }));
  const identity = opened.use(await openEmbeddedIdentityIndex({ directory }));
  const views = opened.use(await openEmbeddedViewStore({ directory }));
  return closing(opened.move(), { kind: 'embedded', log, identity, views });
}

// The drivers are loaded only by processes that use them.
async function openDistributed(kafkaBrokers: string, uri: string): Promise<Backends> {
  const { openKafkaEventLog } = await import('@samenhang/adapter-kafka');
  const { openMongoIdentityIndex, openMongoViewStore } = await import('@samenhang/adapter-mongodb');
  await using opened = new AsyncDisposableStack();
  const log = opened.use(await openKafkaEventLog({ brokers: addresses(kafkaBrokers) }));
  const identity = opened.use(await openMongoIdentityIndex({ uri }));
  const views = opened.use(await openMongoViewStore({ uri }));
  return closing(opened.move(), { kind: 'distributed', log, identity, views });
}

const addresses = (list: string): readonly string[] =>
  list
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');

const closing = (opened: AsyncDisposableStack, parts: Omit<Backends, typeof Symbol.asyncDispose>): Backends => ({
  ...parts,
  [Symbol.asyncDispose]: () => opened.disposeAsync(),
});
