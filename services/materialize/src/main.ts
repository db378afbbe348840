import process from 'node:process';
import { openBackends } from '@samenhang/backends';
import { runMain, startWorker } from '@samenhang/runtime';
import { catchUp } from './catch-up.ts';
import { createMaterializeIncidentsStep } from './materialize-incidents-step.ts';
import { createMaterializeSignalsStep } from './materialize-signals-step.ts';

process.exitCode = await runMain('materialize', process, async ({ config, ...context }) => {
  const { log, views } = context.resources.use(await openBackends(config));
  const worker = await startWorker(context, { name: 'materialize', config, log, needs: { store: () => views.check() } });
  const signals = createMaterializeSignalsStep({ store: views, now: Date.now });
  const incidents = createMaterializeIncidentsStep(views);
  const known = { audiences: config.audiences, log, store: views };
  await catchUp(signals, known);
  await catchUp(incidents, known);
  await worker.run(signals);
  await worker.run(incidents);
});
