import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answers } from './answers.ts';
import { freePort } from './free-port.ts';
import { mavenClassPath } from './maven-libraries.ts';
import { requireTools } from './require-tools.ts';
import { runCommand } from './run-command.ts';
import { type RunningServer, startServerProcess } from './server-process.ts';

export interface LocalServerSettings {
  /** What the server keeps goes here; started again on the same directory it has it still. */
  readonly directory: string;
  /** A fixed port; otherwise a free one. */
  readonly port?: number;
  /** The port that a broker tells its clients to come to, where a proxy stands before it. */
  readonly advertisedPort?: number;
}

/** ApiVersions, version 0: the one question every broker answers as soon as it serves clients. */
const apiVersionsRequest = Buffer.from('0000000c001200000000000100026f6b', 'hex');

const properties = (
  directory: string,
  port: number,
  advertisedPort: number,
  controllerPort: number,
): string => `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${advertisedPort}
controller.listener.names=CONTROLLER
log.dirs=${join(directory, 'log')}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=8
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
num.network.threads=2
num.io.threads=4
# One broker has no replica to fall back on: with acks=all it answers after the bytes are on the disk.
log.flush.interval.messages=1

`;

const logging = `Configuration:
  Appenders:
    Console:
      name: STDOUT
      PatternLayout:
        pattern: "%d %p %c{1} %m%n"
  Loggers:
    Root:
      level: WARN
      AppenderRef:
        ref: STDOUT
`;

/** Starts Apache Kafka 4.3.1 (KRaft, one node that is broker and controller) on 127.0.0.1; resolves once it answers. */
export async function startLocalKafka(settings: LocalServerSettings): Promise<RunningServer> {
  await requireTools(['java']);
  const classPath = await mavenClassPath('kafka', ['UntilInputEnds.java']);
  const port = settings.port ?? (await freePort());
  await mkdir(settings.directory, { recursive: true });
  const file = join(settings.directory, 'server.properties');
  await writeFile(file, properties(settings.directory, port, settings.advertisedPort ?? port, await freePort()));
  await writeFile(join(settings.directory, 'log4j2.yaml'), logging);
  if (!existsSync(join(settings.directory, 'log', 'meta.properties'))) await format(classPath, file);
  return startServerProcess({
    name: 'Apache Kafka 4.3.1',
    command: [
      'java',
      ...['-Xms256m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.awt.headless=true'],
      ...[`-Dlog4j2.configurationFile=${join(settings.directory, 'log4j2.yaml')}`, '-cp', classPath, 'UntilInputEnds', 'kafka.Kafka', file],
    ],
    address: `127.0.0.1:${port}`,
    logFile: join(settings.directory, 'kafka.log'),
    healthy: () => answers(port, apiVersionsRequest),
    readyWithinMs: 90_000,
  });
}

async function format(classPath: string, file: string): Promise<void> {
  // An id that began with a dash would be taken for an option.
  const clusterId = randomBytes(16).toString('base64url').replace(/^-/, 'A');
  const end = await runCommand('java', [
    '-XX:TieredStopAtLevel=1',
    '-cp',
    classPath,
    'kafka.tools.StorageTool',
    'format',
    '-t',
    clusterId,
    '-c',
    file,
  ]);
  if (end.code !== 0) throw new Error(`Kafka could not format its directory:\n${end.output}`);
}
