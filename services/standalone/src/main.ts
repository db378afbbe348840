import { flushCompileCache } from 'node:module';
import { openBackends } from '@samenhang/backends';
import { createLogger, describeError, loadConfig, problems, runService, ServiceError, startTelemetry } from '@samenhang/runtime';
import { readFlags, usage } from './flags.ts';
import { postDemo } from './post-demo.ts';
import { startStandalone } from './start-standalone.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Says in words what stands in the way and what to do about it. */
function complain(error: unknown): void {
  const advice = error instanceof ServiceError ? `\n${problems[error.code].advice}` : '';
  process.stderr.write(`samenhang: ${describeError(error)}${advice}\n`);
}

async function main(): Promise<number> {
  const { demo, help, config: file, ...flags } = readFlags(process.argv.slice(2));
  if (help) {
    process.stdout.write(usage);
    return 0;
  }
  const config = await loadConfig({ file: file ?? process.env.SAMENHANG_CONFIG, env: process.env, flags, postsToWebhooks: true });
  const logger = createLogger('standalone', config.logLevel);
  return runService('standalone', { logger }, async (context) => {
    try {
      context.resources.use(await startTelemetry('samenhang', process.env));
      const outside = context.resources.use(await openBackends({ data: config.data }));
      const address = await startStandalone(outside, config, context, print);
      context.readiness.clear('start');
      print(`ready ${address}`);
      // Kept now and not at the end: whoever waits for the end may remove the folder at once, and a kill loses nothing.
      flushCompileCache();
      if (demo) await postDemo(address, config.data, print);
    } catch (error) {
      complain(error);
      throw error;
    }
  });
}

// Whoever started us may pass on a signal that we got already: stopping once is enough, and the exit code stays ours.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => undefined);
process.exitCode = await main().catch((error: unknown) => {
  complain(error);
  return 1;
});
