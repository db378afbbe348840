import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say } from './servers/say.ts';
import { type Servers, startServers } from './servers/start-servers.ts';

const root = join(import.meta.dirname, '..');

/** Runs vitest's suites for real servers with the addresses in the environment; gives its exit code. */
function runSuites(servers: Servers, args: readonly string[]): Promise<number> {
  const projects = ['integration', 'e2e'].flatMap((project) => ['--project', project]);
  const command = [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...projects, '--no-file-parallelism', ...args];
  return new Promise((done) => {
    const env = { ...process.env, KAFKA_BROKERS: servers.kafka.address, MONGODB_URI: servers.mongo.address };
    const child = spawn(process.execPath, command, { cwd: root, stdio: 'inherit', env });
    child.once('error', (error) => {
      say(`vitest could not be started: ${error.message}`);
      done(1);
    });
    child.once('exit', (code) => done(code ?? 1));
  });
}

/** Brings the servers up, runs the suites and takes the servers down. What could not be brought up is a failure, never a skip. */
async function main(): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'samenhang-real-'));
  const { KAFKA_BROKERS: brokers, MONGODB_URI: mongodbUri } = process.env;
  let servers: Servers | undefined;
  try {
    servers = await startServers({ directory, ...(brokers ? { brokers } : {}), ...(mongodbUri ? { mongodbUri } : {}) });
    return await runSuites(servers, process.argv.slice(2));
  } catch (error) {
    say(`FAILED: the real engines could not be brought up, so nothing was tested on them.\n${describe(error)}`);
    return 1;
  } finally {
    await servers?.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join('\n');
  return error instanceof Error ? error.message : String(error);
}

process.exitCode = await main();
