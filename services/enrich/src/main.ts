import process from 'node:process';
import { openBackends } from '@samenhang/backends';
import { runMain, startWorker } from '@samenhang/runtime';
import { createEnrichStep, createRouteJudgementsStep } from './enrich-step.ts';

process.exitCode = await runMain('enrich', process, async ({ config, ...context }) => {
  const { log } = context.resources.use(await openBackends(config));
  const worker = await startWorker(context, { name: 'enrich', config, log });
  await worker.run(createEnrichStep(config.audiences, config.sources));
  await worker.run(createRouteJudgementsStep(config.audiences));
});
