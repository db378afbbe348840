import { once } from 'node:events';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { ServiceError } from '@samenhang/runtime';
import type { ThreadOrder, ThreadReport } from './thread/thread-message.ts';

/** One part of the pipeline on a thread of its own. Disposing lets it finish the batch in hand and ends it. */
export interface StageThread extends AsyncDisposable {
  /** Hears what the thread has told up to now. */
  hear(): void;
}

/** Starts a thread; resolves once its steps run, and throws when they cannot. `heard` gets every report, in order; `ended` is told when it ends unasked. */
export async function startThread(
  order: ThreadOrder,
  heard: (report: ThreadReport) => void,
  ended: (error: unknown) => void,
): Promise<StageThread> {
  const { port1: port, port2 } = new MessageChannel();
  const worker = new Worker(new URL('./thread/main.ts', import.meta.url), { workerData: { port: port2, order }, transferList: [port2] });
  const started = Promise.withResolvers<void>();
  let stopping = false;
  const take = (report: ThreadReport): void => {
    if (report.kind === 'started') started.resolve();
    if (report.kind === 'failed') {
      const error = new ServiceError('start-failed', `${order.part}: ${report.cause}`);
      started.reject(error);
      ended(error);
    }
    heard(report);
  };
  port.on('message', take);
  const exited = once(worker, 'exit');
  worker.on('error', (error) => {
    started.reject(error);
    ended(error);
  });
  worker.on('exit', () => {
    if (stopping) return;
    const error = new ServiceError('start-failed', `the thread of ${order.part} ended`);
    started.reject(error);
    ended(error);
  });
  await started.promise;
  return {
    hear() {
      for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) take(next.message);
    },
    async [Symbol.asyncDispose]() {
      stopping = true;
      port.postMessage('stop');
      await exited;
      port.close();
    },
  };
}
