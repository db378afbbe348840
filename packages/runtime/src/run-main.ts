import { flushCompileCache } from 'node:module';
import { parseArgs } from 'node:util';
import type { Config } from './config.ts';
import { describeError } from './errors.ts';
import { loadConfig } from './load-config.ts';
import { createLogger } from './logger.ts';
import { runService, type ServiceContext } from './run-service.ts';
import { startTelemetry } from './telemetry.ts';

/** What a service does to start, given its settings. */
export type ServiceMain = (context: ServiceContext & { readonly config: Config }) => Promise<void>;

/** What a process is told from outside. */
interface ProcessInput {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What sets one service apart from the others. */
interface MainOptions {
  /** True for the one that posts to webhooks and so holds their secrets. */
  readonly postsToWebhooks?: boolean;
}

const options = {
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  config: { type: 'string' },
  brokers: { type: 'string' },
  mongodb: { type: 'string' },
} as const;

/**
 * The outside of a service's `main.ts`: reads flags, environment and file once, then lives as long as the process. Gives the exit code: 2 when the
 * flags or settings are wrong, otherwise what `runService` gives.
 */
export async function runMain(name: string, { argv, env }: ProcessInput, start: ServiceMain, special: MainOptions = {}): Promise<number> {
  const settings = await readSettings(argv.slice(2), env, special);
  if (typeof settings === 'string') {
    process.stderr.write(`${name}: ${settings}\n`);
    return 2;
  }
  const telemetry = await startTelemetry(`samenhang-${name}`, env);
  const logger = createLogger(name, settings.logLevel);
  const exitCode = await runService(name, { logger }, async (context) => {
    await start({ ...context, config: settings });
    // Kept now and not at the end, which a kill does not leave time for: the next start takes half the time.
    flushCompileCache();
  });
  await telemetry[Symbol.asyncDispose]();
  return exitCode;
}

async function readSettings(args: string[], env: ProcessInput['env'], special: MainOptions): Promise<Config | string> {
  try {
    const { values } = parseArgs({ args, options });
    const { config: file, brokers, mongodb, ...flags } = values;
    const given = { ...flags, kafkaBrokers: brokers, mongodbUri: mongodb };
    return await loadConfig({ file: file ?? env.SAMENHANG_CONFIG, env, flags: given, ...special });
  } catch (error) {
    return describeError(error);
  }
}
