import process from 'node:process';
import { parseArgs } from 'node:util';
import { createLogger, describeError, runService } from '@samenhang/runtime';
import { channelLoops } from './channel-loops.ts';
import { channels } from './config.ts';
import { readConfig } from './read-config.ts';
import { runChannel } from './run-channel.ts';

const usage = 'usage: collect --channel embassy|ras|sector --config collect.yaml (the adapter key in SAMENHANG_KEY)';

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { channel: { type: 'string' }, config: { type: 'string' } } });
  const channel = channels.find((name) => name === values.channel);
  const key = process.env.SAMENHANG_KEY;
  if (channel === undefined || values.config === undefined || key === undefined) throw new Error(usage);
  const config = await readConfig(values.config);
  const loops = await channelLoops({ channel, config, key, secrets: process.env, nowMs: Date.now });
  const logger = createLogger(`collect-${channel}`);
  return await runService(`collect-${channel}`, { logger }, async ({ readiness, resources }) => {
    for (const loop of loops) resources.use(runChannel(loop, { logger, readiness, chance: Math.random }));
  });
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`collect: ${describeError(error)}\n`);
  return 2;
});
