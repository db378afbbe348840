// npm run distributed: the same service on real engines, every service as processes of its own, one port.
import { mkdir } from 'node:fs/promises';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { lockDataDirectory } from '../packages/adapter-embedded/src/index.ts';
import { openKafkaEventLog } from '../packages/adapter-kafka/src/index.ts';
import { kafkaSettingsOf } from '../packages/backends/src/index.ts';
import { topicSettings } from '../packages/events/src/index.ts';
import {
  auditPlacesOf,
  type Config,
  clientFileOf,
  describeError,
  ensureFirstKeys,
  loadConfig,
  openAuditFile,
  recordFirstKeys,
} from '../packages/runtime/src/index.ts';
import { openGateway } from './distributed/gateway.ts';
import { type DistributedFlags, readDistributedFlags } from './distributed/read-flags.ts';
import { startServices } from './distributed/start-services.ts';
import { watchUpstreams } from './distributed/upstreams.ts';
import { say } from './servers/say.ts';
import { type Servers, startServers } from './servers/start-servers.ts';

/** A run that was told to stop may still be stopping its servers when the next one is started. */
async function lockWithPatience(directory: string): Promise<Disposable> {
  await mkdir(directory, { recursive: true });
  for (let waitedMs = 0; ; waitedMs += 250) {
    try {
      return lockDataDirectory(directory);
    } catch (error) {
      if (waitedMs >= 40_000) throw error;
      if (waitedMs === 0) say(`${directory} is still in use: waiting for it`);
      await sleep(250);
    }
  }
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Just after its start a broker may know its controller and not yet its topics. */
async function createTopics(servers: Servers, config: Config): Promise<void> {
  await using log = await openKafkaEventLog({ ...kafkaSettingsOf(config), brokers: servers.kafka.address.split(',') });
  for (let attempt = 1; ; attempt++) {
    try {
      await log.ensureTopics(topicSettings(config.audiences.length));
      return;
    } catch (error) {
      if (attempt === 10) throw error;
      await sleep(500);
    }
  }
}

async function makeFirstKeys(config: Config, url: string): Promise<void> {
  const keys = ensureFirstKeys(config.data, url, Date.now());
  if (keys === undefined) return;
  await using audit = await openAuditFile({ ...auditPlacesOf(config), service: 'first-keys', now: Date.now });
  await recordFirstKeys(audit, keys, Date.now());
  print('first keys, shown this once (only their hashes are kept):');
  for (const [role, key] of Object.entries(keys)) print(`  ${role.padEnd(8)} ${key}`);
  print(`the client on this machine finds them in ${clientFileOf(config.data)}`);
}

/** Starts everything, in the order in which it is needed; what was started is stopped in reverse when the stack is disposed. */
async function start(flags: DistributedFlags, config: Config, resources: AsyncDisposableStack): Promise<void> {
  resources.use(await lockWithPatience(config.data));
  const gateway = await openGateway({ host: config.host, port: config.port, limits: config.limits });
  resources.defer(() => gateway.close());
  const servers = await startServers({
    directory: `${config.data}/servers`,
    containers: false,
    ...(config.kafkaBrokers === undefined ? {} : { brokers: config.kafkaBrokers }),
    ...(config.mongodbUri === undefined ? {} : { mongodbUri: config.mongodbUri }),
  });
  resources.defer(() => servers.stop());
  const url = `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${config.port}`;
  await makeFirstKeys(config, url);
  await createTopics(servers, config);
  const services = await startServices({ config, configFile: flags.config, servers });
  resources.defer(async () => {
    await Promise.all(services.map((service) => service.stop(12_000)));
  });
  const upstreams = resources.use(watchUpstreams(services));
  await upstreams.everyReady();
  await gateway.serve(upstreams);
  print(`ready ${url}`);
}

async function main(): Promise<number> {
  const flags = readDistributedFlags(process.argv.slice(2));
  const { config: file, ...own } = flags;
  const config = await loadConfig({ file, env: process.env, flags: own });
  const stopped = new Promise<void>((done) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => done());
  });
  const resources = new AsyncDisposableStack();
  try {
    await Promise.race([start(flags, config, resources).then(() => stopped), stopped]);
    return 0;
  } finally {
    say('stopping');
    await resources.disposeAsync();
  }
}

process.exit(
  await main().catch((error: unknown) => {
    say(error instanceof AggregateError ? error.errors.map(describeError).join('\n') : describeError(error));
    return 1;
  }),
);
