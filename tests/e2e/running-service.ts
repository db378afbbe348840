import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/servers/free-port.ts';

const root = join(import.meta.dirname, '..', '..');

/** Where Node keeps what it compiled, as `npm start` tells it. */
const compiled = join(root, 'node_modules', '.cache', 'compiled');

/** A service that was started as its users start it, in a process group of its own, and is spoken to from outside. */
export interface RunningService {
  readonly url: string;
  readonly child: ChildProcess;
  readonly logFile: string;
  /** Resolves once it has ended. */
  readonly ended: Promise<void>;
  /** The processes of one service of a distributed run. */
  processesOf(service: string): readonly number[];
  stop(): Promise<void>;
  /** SIGKILL for every process of the group. */
  kill(): Promise<void>;
}

export interface ServiceSettings {
  readonly data: string;
  /** The engines of a distributed run; without them everything runs embedded in one process. */
  readonly engines?: { readonly brokers: string; readonly mongodbUri: string };
  readonly readyWithinMs?: number;
}

const childrenOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((child) => child !== '')
    .map(Number);

/** Starts the service and resolves once `/ready` is 200; rejects, with the end of its log, when it never is. */
export async function startRunningService({ data, engines, readyWithinMs = 300_000 }: ServiceSettings): Promise<RunningService> {
  const port = await freePort();
  const logFile = join(data, `service-${port}.log`);
  const log = openSync(logFile, 'a');
  const { KAFKA_BROKERS: _brokers, MONGODB_URI: _uri, ...env } = process.env;
  const file = engines === undefined ? join('services', 'standalone', 'src', 'main.ts') : join('scripts', 'distributed.ts');
  const given = engines === undefined ? [] : ['--brokers', engines.brokers, '--mongodb', engines.mongodbUri];
  const args = [join(root, file), '--port', String(port), '--data', data, ...given];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', log, log],
    env: { NODE_COMPILE_CACHE: compiled, ...env },
    detached: true,
  });
  const pid = child.pid ?? 0;
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const kill = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGKILL');
    await ended;
  };
  const url = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + readyWithinMs;
  while (!(await isReady(url))) {
    await sleep(200);
    if (child.exitCode === null && performance.now() < deadline) continue;
    await kill();
    throw new Error(`the service was never ready:\n${readFileSync(logFile, 'utf8').slice(-3_000)}`);
  }
  return {
    url,
    child,
    logFile,
    ended,
    processesOf: (service) =>
      childrenOf(pid).filter((process) => readFileSync(`/proc/${process}/cmdline`, 'utf8').includes(join('services', service, 'src'))),
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(kill, 40_000);
      await ended;
      clearTimeout(timer);
    },
    kill,
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/ready`, { signal: AbortSignal.timeout(5_000) })).status === 200;
  } catch {
    return false;
  }
}
