import type { AuditEntry, AuditEvent, AuditHead } from '@samenhang/domain';

/** When an event must be durable: before `record` resolves and as soon as can be, or with others within a moment, which costs next to nothing. */
export type AuditHaste = 'now' | 'soon';

/** What was done and read, append-only, each entry chained to the one before; one writer, which is this one. */
export interface AuditTrail extends AsyncDisposable {
  /** Takes the event into the chain, in the order of the calls. Resolves once it is durable (survives a power cut); rejects when it may not be. */
  record(event: AuditEvent, haste: AuditHaste): Promise<void>;
  /** The durable entries of this writer, in order, with everything that was recorded before the call. */
  entries(): Promise<readonly AuditEntry[]>;
  /** The head of the chain as it is kept apart from it: never beyond what is durable, and on it once nothing is on its way. */
  anchor(): Promise<AuditHead>;
  /** Rejects with the cause when events cannot be taken now. */
  check(): Promise<void>;
}
