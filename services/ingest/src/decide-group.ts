import { contentHash, idOfPosted, type PostedSignal, type Signal } from '@samenhang/domain';
import type { SignalReceived } from '@samenhang/events';
import type { KnownSignal, LogRecord } from '@samenhang/ports';
import { type Claim, type Decision, decideSignal, withRevision } from './decide-signal.ts';
import { flagsOf } from './flag-signal.ts';
import type { ReceiptClock } from './receipt-clock.ts';

type Trace = Readonly<Record<string, string>>;

/** A posted signal with what it claims to be and the trace of the request that brought it. */
export interface ClaimedSignal {
  readonly posted: PostedSignal;
  readonly claim: Claim;
  readonly trace: Trace;
}

/** What became of one posted signal. */
export interface Receipt {
  readonly id: string;
  readonly contentHash: string;
  readonly decision: Decision;
}

/** What is to be appended and remembered for a group, and what its posters are told once that was done. */
export interface GroupDecision {
  readonly receipts: readonly Receipt[];
  readonly records: readonly LogRecord[];
  readonly changed: readonly KnownSignal[];
}

/** What a posted signal claims to be: its id follows from its source and external id, or from its content. */
export function claimOf(posted: PostedSignal, trace: Trace): ClaimedSignal {
  const hash = contentHash(posted);
  return { posted, trace, claim: { id: idOfPosted(posted, hash), revision: posted.revision, contentHash: hash, marking: posted.marking } };
}

/** Decides on signals in order, each in the light of those before it; accepted ones get their receipt from the clock. */
export function decideGroup(
  group: readonly ClaimedSignal[],
  known: ReadonlyMap<string, KnownSignal>,
  { clock, nowMs }: { readonly clock: ReceiptClock; readonly nowMs: number },
): GroupDecision {
  const changed = new Map<string, KnownSignal>();
  const records: LogRecord[] = [];
  const receipts = group.map(({ posted, claim, trace }): Receipt => {
    const { id } = claim;
    const before = changed.get(id) ?? known.get(id);
    const decision = decideSignal(claim, before);
    if (decision.kind === 'accepted') {
      const receivedAt = clock.next();
      const after = withRevision(before, claim, receivedAt);
      changed.set(id, after);
      const { firstReceivedAt } = after;
      const signal: Signal = { ...posted, id, contentHash: claim.contentHash, receivedAt, firstReceivedAt, flags: flagsOf(posted, nowMs) };
      records.push(recordOf({ signal, earlierMarkings: decision.earlierMarkings }, trace));
    }
    return { id, contentHash: claim.contentHash, decision };
  });
  return { receipts, records, changed: [...changed.values()] };
}

function recordOf(value: SignalReceived, trace: Trace): LogRecord {
  return trace.traceparent === undefined ? { key: value.signal.id, value } : { key: value.signal.id, value, headers: trace };
}
