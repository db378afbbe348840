import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AuditEntry, type AuditEvent, type AuditHead, chainAuditEvent, emptyAuditHead } from '@samenhang/domain';
import type { AuditHaste, AuditTrail } from '@samenhang/ports';
import { readAuditFile } from './audit-reading.ts';
import { describeError, ServiceError } from './errors.ts';

/** Where chains are, and apart from them their heads: best on another volume, which whoever could change the one cannot. */
export interface AuditPlaces {
  readonly directory: string;
  readonly anchors: string;
}

export interface AuditFileSettings extends AuditPlaces {
  /** What the process is, as the writer's name begins. */
  readonly service: string;
  readonly now: () => number;
  /** So long events that are in no haste wait for others. */
  readonly gatherMs?: number;
  /** Makes a file durable; `datasync` unless a test has it fail. */
  readonly synchronise?: (file: FileHandle) => Promise<void>;
}

interface Waiting {
  readonly event: AuditEvent;
  readonly done: () => void;
  readonly failed: (error: ServiceError) => void;
}

interface Chain {
  readonly writer: string;
  readonly file: FileHandle;
  head: AuditHead;
}

const chainFile = (directory: string, writer: string): string => join(directory, `${writer}.ndjson`);
const anchorFile = (anchors: string, writer: string): string => join(anchors, `${writer}.json`);

/**
 * The audit trail of one process: an append-only file of its own, which is made with the first event. After a failed write the file is left as it is
 * and the next event begins another one, since what the kernel dropped cannot be known. Throws `audit-unavailable` when the directories cannot be had.
 */
export async function openAuditFile(settings: AuditFileSettings): Promise<AuditTrail> {
  const { directory, anchors, service, now, gatherMs = 200, synchronise = (file) => file.datasync() } = settings;
  const waiting: Waiting[] = [];
  const written: string[] = [];
  let chain: Chain | undefined;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let broken: ServiceError | undefined;
  let closed = false;

  const prepare = async (): Promise<void> => {
    try {
      for (const place of [directory, anchors]) await mkdir(place, { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw unavailable(cause);
    }
  };

  async function begin(): Promise<Chain> {
    await prepare();
    const writer = `${service}-${new Date(now()).toISOString().replace(/[:.-]/g, '')}-${randomBytes(4).toString('hex')}`;
    // The anchor comes first: a chain without one was not begun by us.
    await writeAnchor(anchors, writer, emptyAuditHead);
    const file = await open(chainFile(directory, writer), 'ax', 0o600);
    written.push(writer);
    return { writer, file, head: emptyAuditHead };
  }

  async function write(batch: readonly Waiting[]): Promise<void> {
    chain ??= await begin();
    const { writer, file } = chain;
    let { head } = chain;
    let lines = '';
    for (const { event } of batch) {
      const entry = chainAuditEvent(head, writer, event);
      head = entry;
      lines += `${JSON.stringify(entry)}\n`;
    }
    await file.appendFile(lines);
    await synchronise(file);
    chain.head = { sequence: head.sequence, hash: head.hash };
    await writeAnchor(anchors, writer, chain.head);
  }

  async function abandon(cause: unknown): Promise<ServiceError> {
    broken = unavailable(cause);
    const left = chain;
    chain = undefined;
    await left?.file.close().catch(() => undefined);
    return broken;
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, 1_000);
      try {
        await write(batch);
        broken = undefined;
        for (const { done } of batch) done();
      } catch (cause) {
        const error = await abandon(cause);
        for (const { failed } of batch) failed(error);
      }
    }
    running = undefined;
  }

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    running ??= drain();
    return running;
  };

  await prepare();
  return {
    record(event, haste: AuditHaste) {
      if (closed) return Promise.reject(unavailable(new Error('it is closed')));
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.push({ event, done: resolve, failed: reject });
      if (haste === 'now') void flush();
      else timer ??= setTimeout(flush, gatherMs);
      return promise;
    },
    async entries() {
      await flush();
      const entries: AuditEntry[] = [];
      for (const writer of written)
        for (const line of readAuditFile(chainFile(directory, writer))) if (line.entry !== undefined) entries.push(line.entry);
      return entries;
    },
    async anchor() {
      await flush();
      return chain?.head ?? emptyAuditHead;
    },
    async check() {
      if (broken === undefined) return;
      // Another event may be taken again once the place can be written; that is seen by beginning anew.
      chain ??= await begin().catch((cause: unknown) => Promise.reject(unavailable(cause)));
      broken = undefined;
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      await flush();
      await chain?.file.close();
      chain = undefined;
    },
  };
}

const unavailable = (cause: unknown): ServiceError =>
  new ServiceError('audit-unavailable', `The audit trail cannot be written: ${describeError(cause)}`, { cause });

async function writeAnchor(anchors: string, writer: string, { sequence, hash }: AuditHead): Promise<void> {
  const file = anchorFile(anchors, writer);
  await writeFile(`${file}.draft`, `${JSON.stringify({ writer, sequence, hash })}\n`, { mode: 0o600 });
  await rename(`${file}.draft`, file);
}
