import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AuditEvent, type AuditHead, chainAuditEvent, emptyAuditHead } from '@samenhang/domain';

/** Where chains are, and apart from them their heads: best on another volume, which whoever could change the one cannot. */
export interface AuditPlaces {
  readonly directory: string;
  readonly anchors: string;
}

/** A chain that is being written, in a file of its own. */
export interface AuditChain {
  readonly file: string;
  /** The last entry that is durable. */
  head(): AuditHead;
  /** Adds the events as one write; resolves once they are durable and their head is anchored. After a failure the chain must be left as it is. */
  write(events: readonly AuditEvent[]): Promise<void>;
  close(): Promise<void>;
}

export interface AuditChainSettings extends AuditPlaces {
  /** What the process is, as the writer's name begins. */
  readonly service: string;
  readonly now: () => number;
  /** Makes a file durable; `datasync` unless a test has it fail. */
  readonly synchronise?: (file: FileHandle) => Promise<void>;
}

/** Makes both places, for their owner alone. */
export async function makeAuditPlaces({ directory, anchors }: AuditPlaces): Promise<void> {
  for (const place of [directory, anchors]) await mkdir(place, { recursive: true, mode: 0o700 });
}

/** Begins a chain under a name that no other has; an existing file is never written to. */
export async function beginAuditChain(settings: AuditChainSettings): Promise<AuditChain> {
  const { directory, anchors, service, now, synchronise = (handle) => handle.datasync() } = settings;
  await makeAuditPlaces(settings);
  const writer = `${service}-${new Date(now()).toISOString().replace(/[:.-]/g, '')}-${randomBytes(4).toString('hex')}`;
  // The anchor comes first: a chain without one was not begun by us.
  await writeAnchor(anchors, writer, emptyAuditHead);
  const file = join(directory, `${writer}.ndjson`);
  const handle = await open(file, 'ax', 0o600);
  let head = emptyAuditHead;
  return {
    file,
    head: () => head,
    async write(events) {
      let last = head;
      let lines = '';
      for (const event of events) {
        const entry = chainAuditEvent(last, writer, event);
        last = { sequence: entry.sequence, hash: entry.hash };
        lines += `${JSON.stringify(entry)}\n`;
      }
      await handle.appendFile(lines);
      await synchronise(handle);
      head = last;
      await writeAnchor(anchors, writer, head);
    },
    close: () => handle.close(),
  };
}

async function writeAnchor(anchors: string, writer: string, { sequence, hash }: AuditHead): Promise<void> {
  const file = join(anchors, `${writer}.json`);
  await writeFile(`${file}.draft`, `${JSON.stringify({ writer, sequence, hash })}\n`, { mode: 0o600 });
  await rename(`${file}.draft`, file);
}
