import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server that runs for us. `stop` is polite and waits; `kill` sends any signal (SIGKILL, SIGSTOP, SIGCONT) and does not wait. */
export interface RunningServer {
  readonly name: string;
  /** `given` by the environment, a `container`, or a `local` process. */
  readonly how: 'given' | 'container' | 'local';
  /** HOST:PORT of a broker, or a MongoDB connection string. */
  readonly address: string;
  readonly logFile?: string;
  readonly pid?: number;
  /** Resolves with what ended it, if it ends by itself or is stopped. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

export interface ServerCommand {
  readonly name: string;
  /** The program and its arguments; it must end when its standard input does. */
  readonly command: readonly string[];
  readonly address: string;
  readonly logFile: string;
  /** Resolves true when the server answers as it should. */
  healthy(): Promise<boolean>;
  readonly readyWithinMs: number;
}

const lastLines = (file: string): string => readFileSync(file, 'utf8').split('\n').slice(-15).join('\n');

/**
 * Starts a server in our own process group, its output in its log file; resolves once it is healthy and rejects with the log's end when it never is. One that
 * ends at once is tried again: a server that was killed may hold its files for a moment longer.
 */
export async function startServerProcess(settings: ServerCommand): Promise<RunningServer> {
  await mkdir(dirname(settings.logFile), { recursive: true });
  for (let attempt = 1; ; attempt++) {
    const server = spawnServer(settings);
    try {
      await untilHealthy(settings, server);
      return server;
    } catch (error) {
      if (attempt === 3) throw error;
      await sleep(1_000);
    }
  }
}

function spawnServer(settings: ServerCommand): RunningServer {
  const log = openSync(settings.logFile, 'a');
  // Signals to the process group must not take the servers away from services that are still stopping; only what ends this process ends them.
  const shell = ['-c', 'trap "" TERM INT HUP; exec "$@"', 'sh', ...settings.command];
  const child = spawn('sh', shell, { stdio: ['pipe', log, log] });
  closeSync(log);
  const ended = new Promise<string>((done) => {
    child.once('error', (error) => done(error.message));
    child.once('exit', (code, signal) => done(signal ?? `exit code ${code}`));
  });
  return runningServer(settings, child, ended);
}

function runningServer(settings: ServerCommand, child: ChildProcess, ended: Promise<string>): RunningServer {
  return {
    name: settings.name,
    how: 'local',
    address: settings.address,
    logFile: settings.logFile,
    ...(child.pid === undefined ? {} : { pid: child.pid }),
    ended,
    kill(signal) {
      child.kill(signal);
    },
    async stop() {
      child.kill('SIGCONT');
      child.stdin?.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

async function untilHealthy(settings: ServerCommand, server: RunningServer): Promise<void> {
  const deadline = performance.now() + settings.readyWithinMs;
  let gone: string | undefined;
  server.ended.then((why) => {
    gone = why;
  });
  while (!(await settings.healthy())) {
    if (gone !== undefined) throw new Error(`${settings.name} ended before it was ready (${gone}):\n${lastLines(settings.logFile)}`);
    if (performance.now() > deadline) {
      await server.stop();
      throw new Error(`${settings.name} was not ready within ${settings.readyWithinMs} ms:\n${lastLines(settings.logFile)}`);
    }
    await sleep(100);
  }
}
