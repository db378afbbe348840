import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const main = fileURLToPath(new URL('../../services/standalone/src/main.ts', import.meta.url));
const ClientFile = z.object({ keys: z.object({ adapter: z.string(), analyst: z.string(), operator: z.string() }) });
const Settled = z.object({ settled: z.boolean() });

export type Keys = z.infer<typeof ClientFile>['keys'];

/** The whole service in a process of its own. */
export interface RunningService {
  readonly url: string;
  readonly keys: Keys;
  /** All that it wrote on standard output and standard error so far. */
  said(): string;
  get(path: string, key: keyof Keys): Promise<Response>;
  /** Resolves once everything acknowledged can be queried. */
  settled(): Promise<void>;
  /** SIGTERM; gives the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** A directory that is gone when the test is. */
export function temporaryDirectory(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'samenhang-e2e-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts the service on a data directory and a free port; resolves once it is ready, throws what it said when it ends before. */
export async function startService(
  data: string,
  flags: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningService> {
  const child = spawn(process.execPath, [main, '--port', '0', '--data', data, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const exited = once(child, 'exit');
  let said = '';
  const ready = new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk;
      const url = /^ready (http\S+)$/m.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready:\n${said}`)));
  });
  const url = await ready;
  const { keys } = ClientFile.parse(JSON.parse(readFileSync(join(data, 'client.json'), 'utf8')));
  const get = (path: string, key: keyof Keys): Promise<Response> =>
    fetch(`${url}${path}`, { headers: { authorization: `Bearer ${keys[key]}` } });
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return {
    url,
    keys,
    said: () => said,
    get,
    async settled() {
      while (!Settled.parse(await (await get('/v1/pipeline', 'operator')).json()).settled) await sleep(50);
    },
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  };
}
