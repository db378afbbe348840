import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../servers/say.ts';

export interface ServiceProcessSettings {
  /** Unique, such as `enrich-2`. */
  readonly name: string;
  readonly file: string;
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** One process of a service, started again when it ends by itself, with a back-off. */
export interface ServiceProcess {
  readonly name: string;
  readonly port: number;
  pid(): number | undefined;
  /** SIGTERM, and SIGKILL when it has not ended within the time. */
  stop(withinMs: number): Promise<void>;
}

/** Starts the process in our own group; what it prints goes to our standard error, each line with its name. */
export function startServiceProcess(settings: ServiceProcessSettings): ServiceProcess {
  const { name, file, port, environment } = settings;
  let child: ChildProcess | undefined;
  let stopping = false;

  const runOnce = (): Promise<string> => {
    const args = [file, '--host', '127.0.0.1', '--port', String(port)];
    const current = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
    child = current;
    for (const stream of [current.stdout, current.stderr]) createInterface({ input: stream }).on('line', (line) => say(`${name} ${line}`));
    return new Promise((done) => {
      current.once('error', (error) => done(error.message));
      current.once('exit', (code, signal) => done(signal ?? `exit code ${code}`));
    });
  };

  const run = async (): Promise<void> => {
    for (let waitMs = 250; !stopping; waitMs = Math.min(waitMs * 2, 5_000)) {
      const began = performance.now();
      const why = await runOnce();
      if (stopping) return;
      if (performance.now() - began > 60_000) waitMs = 250;
      say(`${name} ended (${why}), starting it again in ${waitMs} ms`);
      await sleep(waitMs);
    }
  };

  const running = run();
  return {
    name,
    port,
    pid: () => child?.pid,
    async stop(withinMs) {
      stopping = true;
      child?.kill('SIGTERM');
      const timer = setTimeout(() => {
        say(`${name} did not end within ${withinMs} ms and is killed`);
        child?.kill('SIGKILL');
      }, withinMs);
      await running;
      clearTimeout(timer);
    },
  };
}
