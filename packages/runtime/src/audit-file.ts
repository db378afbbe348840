import { type AuditEvent, emptyAuditHead } from '@samenhang/domain';
import type { AuditTrail } from '@samenhang/ports';
import { type AuditChain, type AuditChainSettings, beginAuditChain, makeAuditPlaces } from './audit-chain.ts';
import { readAuditFile } from './audit-reading.ts';
import { describeError, ServiceError } from './errors.ts';

export interface AuditFileSettings extends AuditChainSettings {
  /** So long events that are in no haste wait for others. */
  readonly gatherMs?: number;
}

interface Waiting {
  readonly event: AuditEvent;
  readonly done: () => void;
  readonly failed: (error: ServiceError) => void;
}

/** So many events at most are made durable together, so that hashing them does not hold the event loop for long. */
const perWrite = 1_000;

const unavailable = (cause: unknown): ServiceError =>
  new ServiceError('audit-unavailable', `The audit trail cannot be written: ${describeError(cause)}`, { cause });

/**
 * The audit trail of one process: an append-only file of its own, which is made with the first event. After a failed write the file is left as it is
 * and the next event begins another one, since what the kernel dropped cannot be known. Throws `audit-unavailable` when the directories cannot be had.
 */
export async function openAuditFile(settings: AuditFileSettings): Promise<AuditTrail> {
  const { gatherMs = 200 } = settings;
  const waiting: Waiting[] = [];
  const files: string[] = [];
  let chain: AuditChain | undefined;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let broken = false;
  let closed = false;

  async function current(): Promise<AuditChain> {
    if (chain !== undefined) return chain;
    chain = await beginAuditChain(settings);
    files.push(chain.file);
    return chain;
  }

  async function write(batch: readonly Waiting[]): Promise<void> {
    try {
      await (await current()).write(batch.map(({ event }) => event));
      broken = false;
      for (const { done } of batch) done();
    } catch (cause) {
      broken = true;
      await chain?.close().catch(() => undefined);
      chain = undefined;
      for (const { failed } of batch) failed(unavailable(cause));
    }
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) await write(waiting.splice(0, perWrite));
    running = undefined;
  }

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    running ??= drain();
    return running;
  };

  await makeAuditPlaces(settings).catch((cause: unknown) => Promise.reject(unavailable(cause)));
  return {
    record(event, haste) {
      if (closed) return Promise.reject(unavailable('it is closed'));
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.push({ event, done: resolve, failed: reject });
      if (haste === 'now') void flush();
      else timer ??= setTimeout(flush, gatherMs);
      return promise;
    },
    async entries() {
      await flush();
      return files.flatMap((file) => [...readAuditFile(file)].flatMap(({ entry }) => entry ?? []));
    },
    async anchor() {
      await flush();
      return chain?.head() ?? emptyAuditHead;
    },
    async check() {
      if (!broken) return;
      // Another event may be taken once a chain can be begun again.
      await current().catch((cause: unknown) => Promise.reject(unavailable(cause)));
      broken = false;
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      await flush();
      await chain?.close();
      chain = undefined;
    },
  };
}
