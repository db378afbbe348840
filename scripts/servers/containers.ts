import { setTimeout as sleep } from 'node:timers/promises';
import { answers } from './answers.ts';
import { freePort } from './free-port.ts';
import { runCommand } from './run-command.ts';
import { say } from './say.ts';
import type { RunningServer } from './server-process.ts';

interface ContainerSettings {
  readonly engine: string;
  readonly name: string;
  readonly image: string;
  readonly port: number;
  readonly innerPort: number;
  readonly address: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

const engines = ['docker', 'podman'] as const;

async function answeringEngine(): Promise<string | undefined> {
  for (const engine of engines) if ((await runCommand(engine, ['info'])).code === 0) return engine;
  return undefined;
}

async function startContainer(settings: ContainerSettings): Promise<RunningServer> {
  const environment = Object.entries(settings.environment).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  const ports = ['-p', `127.0.0.1:${settings.port}:${settings.innerPort}`];
  const started = await runCommand(settings.engine, ['run', '--rm', '-d', ...ports, ...environment, settings.image, ...settings.args]);
  if (started.code !== 0) throw new Error(`${settings.engine} could not start ${settings.image}:\n${started.output}`);
  const id = started.output.trim().split('\n').at(-1) ?? '';
  for (let waited = 0; !(await answers(settings.port)); waited += 500) {
    if (waited > 120_000) throw new Error(`${settings.image} did not answer within two minutes`);
    await sleep(500);
  }
  return {
    name: settings.name,
    how: 'container',
    address: settings.address,
    ended: new Promise(() => undefined),
    async stop() {
      await runCommand(settings.engine, ['stop', '-t', '10', id]);
    },
    kill(signal) {
      runCommand(settings.engine, ['kill', '--signal', signal, id]).catch(() => undefined);
    },
  };
}

/** Starts Kafka and MongoDB in containers where a container engine answers; undefined where none does. Their data ends with them. */
export async function startContainers(): Promise<{ readonly kafka: RunningServer; readonly mongo: RunningServer } | undefined> {
  const engine = await answeringEngine();
  if (engine === undefined) {
    say('no container engine answers: using local processes');
    return undefined;
  }
  const [kafkaPort, mongoPort] = [await freePort(), await freePort()];
  const [kafka, mongo] = await Promise.all([
    startContainer({
      engine,
      name: 'Apache Kafka 4.3.1',
      image: 'apache/kafka:4.3.1',
      port: kafkaPort,
      innerPort: 9092,
      address: `127.0.0.1:${kafkaPort}`,
      environment: {
        KAFKA_NODE_ID: '1',
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
        KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
        KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${kafkaPort}`,
        KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
        KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
        KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      },
      args: [],
    }),
    startContainer({
      engine,
      name: 'MongoDB 8',
      image: 'mongo:8',
      port: mongoPort,
      innerPort: 27017,
      address: `mongodb://127.0.0.1:${mongoPort}/?directConnection=true`,
      environment: {},
      args: [],
    }),
  ]);
  return { kafka, mongo };
}
