import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { isMainThread, MessagePort, workerData } from 'node:worker_threads';
import { openForThread } from '@samenhang/backends';
import { createLogger, describeError, runStep, startTelemetry } from '@samenhang/runtime';
import { tellingCounters, tellingReadiness } from './reporting.ts';
import { startPart } from './start-part.ts';
import type { ThreadOrder, ThreadReport } from './thread-message.ts';

/** Runs one part of the pipeline on this thread until anything is posted to it. */
async function main(port: MessagePort, { part, config }: ThreadOrder): Promise<void> {
  const post = (report: ThreadReport): void => port.postMessage(report);
  const failed = (error: unknown): void => post({ kind: 'failed', cause: describeError(error) });
  const stopped = once(port, 'message');
  await using resources = new AsyncDisposableStack();
  resources.use(await startTelemetry('samenhang', process.env));
  const { log, views } = resources.use(await openForThread(config.data));
  const stopping = new AbortController();
  const [logger, readiness] = [createLogger(part, config.logLevel), tellingReadiness(post)];
  await startPart[part]({
    config,
    log,
    views,
    stopping: stopping.signal,
    async run(step) {
      post({ kind: 'stage', stage: step.name, reads: step.reads, aside: step.aside ?? false });
      resources.use(await runStep(step, { log, logger, counters: tellingCounters(step.name, post), readiness, onFatal: failed }));
    },
  });
  // Before the steps, of which each is waited for until its batch in hand is done.
  resources.defer(() => stopping.abort());
  post({ kind: 'started' });
  flushCompileCache();
  await stopped;
}

/** What `startThread` gave. */
const isStart = (data: unknown): data is { readonly port: MessagePort; readonly order: ThreadOrder } =>
  typeof data === 'object' && data !== null && 'port' in data && data.port instanceof MessagePort && 'order' in data;

if (isMainThread || !isStart(workerData)) throw new TypeError('this file runs as a thread of standalone');
const { port, order } = workerData;
try {
  await main(port, order);
} catch (error) {
  port.postMessage({ kind: 'failed', cause: describeError(error) } satisfies ThreadReport);
} finally {
  port.close();
}
