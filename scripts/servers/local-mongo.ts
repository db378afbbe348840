import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { answers } from './answers.ts';
import { freePort } from './free-port.ts';
import type { LocalServerSettings } from './local-kafka.ts';
import { mavenClassPath } from './maven-libraries.ts';
import { requireTools } from './require-tools.ts';
import { type RunningServer, startServerProcess } from './server-process.ts';

export interface LocalMongoSettings extends LocalServerSettings {
  /** So many bytes of commands are only in the log of commands before the documents' file is brought up to date. */
  readonly commitBytes?: number;
}

/** Starts mongo-java-server 1.47.0 on an H2 file; every answered write is in its files. Speaks MongoDB's protocol, says nothing about MongoDB's speed. */
export async function startLocalMongo(settings: LocalMongoSettings): Promise<RunningServer> {
  await requireTools(['java']);
  const classPath = await mavenClassPath('mongo', [
    'UntilInputEnds.java',
    'MongoProtocolServer.java',
    'CommandLog.java',
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
      String(settings.commitBytes ?? 24_000_000),
    ],
    address: `mongodb://127.0.0.1:${port}/`,
    logFile: join(settings.directory, 'mongo.log'),
    healthy: () => answers(port),
    readyWithinMs: 60_000,
  });
}
