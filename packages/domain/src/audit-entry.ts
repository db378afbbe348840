import { hash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import { Tlp } from './marking.ts';

export const AuditEvent = z.strictObject({
  at: z.string(),
  /** Key id or token subject. */
  by: z.string().min(1).max(200),
  action: z.enum(['read', 'export', 'judge', 'revoke', 'retry', 'drop', 'release', 'erase', 'key-created', 'key-revoked', 'change']),
  audience: z.string().max(64).nullable(),
  /** What was read or changed: a route and ids, never content. */
  object: z.string().max(2_000),
  tlp: Tlp.nullable(),
});
/** One thing that somebody did or read. */
export type AuditEvent = z.infer<typeof AuditEvent>;

export const AuditEntry = AuditEvent.extend({
  writer: z.string().min(1).max(100),
  sequence: z.int().min(1),
  previous: z.string().regex(/^[0-9a-f]{64}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
/** An event in its place of one writer's chain: its hash covers the event, its place and the hash before it. */
export type AuditEntry = z.infer<typeof AuditEntry>;

/** The end of a chain: how many entries there are and the hash of the last. */
export interface AuditHead {
  readonly sequence: number;
  readonly hash: string;
}

/** The head of a chain without entries. */
export const emptyAuditHead: AuditHead = { sequence: 0, hash: '0'.repeat(64) };

const hashOf = (entry: Omit<AuditEntry, 'hash'>): string => hash('sha256', canonicalJson(entry), 'hex');

/** The entry that follows a head. */
export function chainAuditEvent(head: AuditHead, writer: string, event: AuditEvent): AuditEntry {
  const entry = { ...event, writer, sequence: head.sequence + 1, previous: head.hash };
  return { ...entry, hash: hashOf(entry) };
}

/** What is wrong with a chain. */
export type AuditFault =
  | { readonly kind: 'edited'; readonly sequence: number }
  | { readonly kind: 'missing'; readonly sequence: number }
  | { readonly kind: 'cut'; readonly sequence: number; readonly expected: number };

/** Checks a writer's entries in order against its last known head: the first edit, gap or cut that there is, or undefined when every entry is as it was written. */
export function findAuditFault(entries: Iterable<AuditEntry>, head: AuditHead): AuditFault | undefined {
  let last = emptyAuditHead;
  for (const entry of entries) {
    const { hash: claimed, ...rest } = entry;
    if (entry.sequence !== last.sequence + 1) return { kind: 'missing', sequence: last.sequence + 1 };
    if (entry.previous !== last.hash || hashOf(rest) !== claimed) return { kind: 'edited', sequence: entry.sequence };
    if (entry.sequence === head.sequence && claimed !== head.hash) return { kind: 'edited', sequence: entry.sequence };
    last = { sequence: entry.sequence, hash: claimed };
  }
  return last.sequence < head.sequence ? { kind: 'cut', sequence: last.sequence, expected: head.sequence } : undefined;
}
