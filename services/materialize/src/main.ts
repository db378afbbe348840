import process from 'node:process';
import { openBackends } from '@samenhang/backends';
import { runMain, startWorker } from '@samenhang/runtime';
import { createMaterializeIncidentsStep } from './materialize-incidents-step.ts';
import { createMaterializeSignalsStep } from './materialize-signals-step.ts';

process.exitCode = await runMain('materialize', process, async ({ config, ...context }) => {
  const { log, views } = context.resources.use(await openBackends(config));
  const worker = await startWorker(context, { name: 'materialize', config, log, needs: { store: () => views.check() } });
  await worker.run(createMaterializeSignalsStep({ store: views, now: Date.now }));
  await worker.run(createMaterializeIncidentsStep(views));
});
