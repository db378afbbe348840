import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own, so that it does not share its thread with who measures it. */
export interface ChildServer extends AsyncDisposable {
  readonly url: string;
  /** Resident memory now, in bytes. */
  memory(): number;
  /** Processor time used so far, in seconds. */
  processorSeconds(): number;
}

/** Starts a file of the project that prints `ready URL`; throws what it said when it ends before that. */
export async function startChild(file: string, args: readonly string[]): Promise<ChildServer> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const url = await readyUrl(child);
  const stat = (): readonly string[] => readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return {
    url,
    memory: () => Number(stat()[21]) * 4_096,
    processorSeconds: () => (Number(stat()[11]) + Number(stat()[12])) / 100,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

function readyUrl(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk;
      const url = /^ready (http\S+)$/m.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`ended with ${code}:\n${said}`)));
  });
}
