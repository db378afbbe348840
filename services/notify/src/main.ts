import process from 'node:process';
import { openBackends } from '@samenhang/backends';
import { runMain, startWorker } from '@samenhang/runtime';
import { createNotifySteps } from './create-notify-steps.ts';

process.exitCode = await runMain(
  'notify',
  process,
  async ({ config, ...context }) => {
    const { log } = context.resources.use(await openBackends(config));
    const worker = await startWorker(context, { name: 'notify', config, log });
    const stopping = new AbortController();
    for (const step of createNotifySteps(config, { log, stopping: stopping.signal })) await worker.run(step);
    // Before the steps, of which each is waited for until its batch in hand is done.
    context.resources.defer(() => stopping.abort());
  },
  { postsToWebhooks: true },
);
