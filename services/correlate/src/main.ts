import process from 'node:process';
import { openBackends } from '@samenhang/backends';
import { createCorrelator, defaultRuleset } from '@samenhang/correlation';
import { runMain, startWorker } from '@samenhang/runtime';
import { createCorrelateStep } from './correlate-step.ts';

process.exitCode = await runMain('correlate', process, async ({ config, ...context }) => {
  const { log } = context.resources.use(await openBackends(config));
  const worker = await startWorker(context, { name: 'correlate', config, log });
  await worker.run(createCorrelateStep({ audiences: config.audiences, log, createCorrelator: () => createCorrelator(defaultRuleset) }));
});
