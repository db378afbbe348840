import process from 'node:process';
import { openBackends } from '@samenhang/backends';
import { createCorrelator } from '@samenhang/correlation';
import { loadRuleset, runMain, startWorker } from '@samenhang/runtime';
import { createCorrelateStep } from './correlate-step.ts';

process.exitCode = await runMain('correlate', process, async ({ config, ...context }) => {
  const { log } = context.resources.use(await openBackends(config));
  const ruleset = await loadRuleset(config.ruleset);
  const worker = await startWorker(context, { name: 'correlate', config, log });
  await worker.run(createCorrelateStep({ audiences: config.audiences, log, createCorrelator: () => createCorrelator(ruleset) }));
});
