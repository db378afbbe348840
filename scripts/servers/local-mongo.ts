import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { answers } from './answers.ts';
import { freePort } from './free-port.ts';
import type { LocalServerSettings } from './local-kafka.ts';
import { mavenClassPath } from './maven-libraries.ts';
import { requireTools } from './require-tools.ts';
import { type RunningServer, startServerProcess } from './server-process.ts';

/** Starts mongo-java-server 1.47.0 on an H2 file; every answered write is in the file. Speaks MongoDB's protocol, says nothing about MongoDB's speed. */
export async function startLocalMongo(settings: LocalServerSettings): Promise<RunningServer> {
  await requireTools(['java']);
  const classPath = await mavenClassPath('mongo', [
    'UntilInputEnds.java',
    'MongoProtocolServer.java',
    'DocumentType.java',
    'IndexKeyType.java',
  ]);
  const port = settings.port ?? (await freePort());
  await mkdir(settings.directory, { recursive: true });
  return startServerProcess({
    name: 'mongo-java-server 1.47.0 on H2',
    command: [
      'java',
      '-Xms128m',
      '-Xmx768m',
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-cp',
      classPath,
      'UntilInputEnds',
      'MongoProtocolServer',
      join(settings.directory, 'documents.mv'),
      String(port),
    ],
    address: `mongodb://127.0.0.1:${port}/`,
    logFile: join(settings.directory, 'mongo.log'),
    healthy: () => answers(port),
    readyWithinMs: 60_000,
  });
}
