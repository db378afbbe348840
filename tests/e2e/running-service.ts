import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/servers/free-port.ts';

const root = join(import.meta.dirname, '..', '..');

/** A service in a process of its own, spoken to from outside. */
export interface RunningService {
  readonly url: string;
  readonly child: ChildProcess;
  readonly logFile: string;
  /** Resolves once it has ended. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export interface ServiceSettings {
  /** A folder of services/, such as `standalone`. */
  readonly service: string;
  readonly data: string;
  /** The engines; without them the service runs on the embedded ones. */
  readonly engines?: { readonly brokers: string; readonly mongodbUri: string };
  readonly readyWithinMs?: number;
}

/** Starts the service and resolves once `/ready` is 200; rejects, with the end of its log, when it never is. */
export async function startRunningService({ service, data, engines, readyWithinMs = 240_000 }: ServiceSettings): Promise<RunningService> {
  const port = await freePort();
  const logFile = `${data}/${service}-${port}.log`;
  const log = openSync(logFile, 'a');
  const { KAFKA_BROKERS: _brokers, MONGODB_URI: _uri, ...inherited } = process.env;
  const env = engines === undefined ? inherited : { ...inherited, KAFKA_BROKERS: engines.brokers, MONGODB_URI: engines.mongodbUri };
  const file = join(root, 'services', service, 'src', 'main.ts');
  const child = spawn(process.execPath, [file, '--port', String(port), '--data', data], { stdio: ['ignore', log, log], env });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const url = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + readyWithinMs;
  for (let gone = false; !(await isReady(url)); ) {
    ended.then(() => {
      gone = true;
    });
    await sleep(200);
    if (gone || performance.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${service} was never ready:\n${readFileSync(logFile, 'utf8').slice(-3_000)}`);
    }
  }
  return {
    url,
    child,
    logFile,
    ended,
    async stop() {
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/ready`, { signal: AbortSignal.timeout(5_000) })).status === 200;
  } catch {
    return false;
  }
}
