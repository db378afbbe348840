import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AuditEntry, type AuditFault, type AuditHead, findAuditFault } from '@samenhang/domain';
import { z } from 'zod';
import type { AuditPlaces } from './audit-chain.ts';
import { readAuditFile } from './audit-reading.ts';

/** What is wrong with a chain beyond its entries: it has no anchor, or an anchor and no file. */
export type ChainFault = AuditFault | { readonly kind: 'no-anchor' } | { readonly kind: 'removed'; readonly expected: number };

/** What became of one writer's chain. */
export interface ChainReport {
  readonly writer: string;
  /** Entries that were read before the first fault. */
  readonly entries: number;
  readonly fault: ChainFault | null;
}

const Anchor = z.strictObject({ writer: z.string(), sequence: z.int().min(0), hash: z.string() });

const namesIn = (directory: string, ending: string): readonly string[] =>
  existsSync(directory)
    ? readdirSync(directory)
        .filter((name) => name.endsWith(ending))
        .map((name) => name.slice(0, -ending.length))
    : [];

/** Every chain that there is or that an anchor tells of, by writer, with the first edit, gap or cut in it. A running service may go on writing meanwhile. */
export function verifyAudit({ directory, anchors }: AuditPlaces): readonly ChainReport[] {
  // Anchors are read first: a chain may grow beyond its anchor while it is read, never the other way round.
  const heads = new Map(namesIn(anchors, '.json').map((writer) => [writer, headOf(join(anchors, `${writer}.json`))]));
  const writers = new Set([...heads.keys(), ...namesIn(directory, '.ndjson')]);
  return [...writers].sort().map((writer) => reportOf(writer, join(directory, `${writer}.ndjson`), heads.get(writer)));
}

function headOf(file: string): AuditHead | undefined {
  try {
    return Anchor.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

function reportOf(writer: string, file: string, head: AuditHead | undefined): ChainReport {
  if (head === undefined) return { writer, entries: 0, fault: { kind: 'no-anchor' } };
  if (!existsSync(file)) return { writer, entries: 0, fault: head.sequence === 0 ? null : { kind: 'removed', expected: head.sequence } };
  let entries = 0;
  let unreadable = false;
  function* whole(): Generator<AuditEntry> {
    for (const { entry } of readAuditFile(file)) {
      unreadable = entry === undefined || entry.writer !== writer;
      if (entry === undefined || unreadable) return;
      entries++;
      yield entry;
    }
  }
  const fault = findAuditFault(whole(), head);
  if (unreadable)
    return { writer, entries, fault: fault?.kind === 'cut' || fault === undefined ? { kind: 'edited', sequence: entries + 1 } : fault };
  return { writer, entries, fault: fault ?? null };
}
