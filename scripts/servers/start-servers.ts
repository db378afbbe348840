import { join } from 'node:path';
import { startContainers } from './containers.ts';
import { startLocalKafka } from './local-kafka.ts';
import { startLocalMongo } from './local-mongo.ts';
import { say } from './say.ts';
import type { RunningServer } from './server-process.ts';

export interface ServersSettings {
  /** Where local servers keep their data, logs and configuration. */
  readonly directory: string;
  /** Addresses that were given; a given server is used and never started or stopped. */
  readonly brokers?: string;
  readonly mongodbUri?: string;
  /** False where data must outlive this run: containers are for tests. Default true. */
  readonly containers?: boolean;
}

export interface Servers {
  readonly kafka: RunningServer;
  readonly mongo: RunningServer;
  stop(): Promise<void>;
}

const given = (name: string, address: string): RunningServer => ({
  name,
  how: 'given',
  address,
  ended: new Promise(() => undefined),
  stop: () => Promise.resolve(),
  kill: () => undefined,
});

/** Brings up a Kafka and a MongoDB-protocol server, each in order of preference: the address that was given, a container, a local process. Says which on stderr. */
export async function startServers(settings: ServersSettings): Promise<Servers> {
  const containers = settings.containers === false || (settings.brokers && settings.mongodbUri) ? undefined : await startContainers();
  const starting = [
    settings.brokers
      ? given('Kafka', settings.brokers)
      : (containers?.kafka ?? startLocalKafka({ directory: join(settings.directory, 'kafka') })),
    settings.mongodbUri
      ? given('MongoDB', settings.mongodbUri)
      : (containers?.mongo ?? startLocalMongo({ directory: join(settings.directory, 'mongo') })),
  ];
  const ends = await Promise.allSettled(starting);
  const running = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
  const [kafka, mongo] = running;
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((server) => server.stop()));
  };
  if (running.length < starting.length || kafka === undefined || mongo === undefined) {
    await stop();
    throw new AggregateError(
      ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : [])),
      'the servers could not be started',
    );
  }
  for (const server of running)
    say(`using ${server.name} (${server.how}) at ${server.address}${server.logFile === undefined ? '' : `, log ${server.logFile}`}`);
  return { kafka, mongo, stop };
}
