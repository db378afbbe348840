import process from 'node:process';
import { openBackends } from '@samenhang/backends';
import { runMain, startWorker } from '@samenhang/runtime';
import { createEnrichStep, createRouteJudgementsStep } from './enrich-step.ts';
import { loadKnowledge } from './load-knowledge.ts';

process.exitCode = await runMain('enrich', process, async ({ config, ...context }) => {
  const known = await loadKnowledge(config);
  const { log } = context.resources.use(await openBackends(config));
  const worker = await startWorker(context, { name: 'enrich', config, log });
  await worker.run(createEnrichStep(config.audiences, { sources: config.sources, ...known }));
  await worker.run(createRouteJudgementsStep(config.audiences));
});
