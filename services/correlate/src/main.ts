import process from 'node:process';
import { openBackends } from '@samenhang/backends';
import { createCorrelator } from '@samenhang/correlation';
import { loadRulesets, runMain, startWorker } from '@samenhang/runtime';
import { createCorrelateStep } from './correlate-step.ts';

process.exitCode = await runMain('correlate', process, async ({ config, ...context }) => {
  const { log } = context.resources.use(await openBackends(config));
  const rulesetOf = await loadRulesets(config);
  const worker = await startWorker(context, { name: 'correlate', config, log });
  await worker.run(
    createCorrelateStep({ audiences: config.audiences, log, createCorrelator: (audience) => createCorrelator(rulesetOf(audience)) }),
  );
});
