import { contentJson, hashOfContent, idOfPosted, type PostedSignal, type Signal } from '@samenhang/domain';
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
  /** What it says as canonical JSON. */
  readonly content: string;
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
  const content = contentJson(posted);
  const hash = hashOfContent(content);
  const claim = { id: idOfPosted(posted, hash), revision: posted.revision, contentHash: hash, marking: posted.marking };
  return { posted, content, trace, claim };
}

/** Decides on signals in order, each in the light of those before it; accepted ones get their receipt from the clock. */
export function decideGroup(
  group: readonly ClaimedSignal[],
  known: ReadonlyMap<string, KnownSignal>,
  { clock, nowMs }: { readonly clock: ReceiptClock; readonly nowMs: number },
): GroupDecision {
  const changed = new Map<string, KnownSignal>();
  const records: LogRecord[] = [];
  const receipts = group.map(({ posted, claim, content, trace }): Receipt => {
    const { id } = claim;
    const before = changed.get(id) ?? known.get(id);
    const decision = decideSignal(claim, before);
    if (decision.kind === 'accepted') {
      const receivedAt = clock.next();
      const after = withRevision(before, claim, receivedAt);
      changed.set(id, after);
      const given = {
        id,
        contentHash: claim.contentHash,
        receivedAt,
        firstReceivedAt: after.firstReceivedAt,
        flags: flagsOf(posted, nowMs),
      };
      records.push(recordOf({ posted, content, given, trace }, decision.earlierMarkings));
    }
    return { id, contentHash: claim.contentHash, decision };
  });
  return { receipts, records, changed: [...changed.values()] };
}

interface Accepted extends Omit<ClaimedSignal, 'claim'> {
  readonly given: Omit<Signal, keyof PostedSignal>;
}

function recordOf({ posted, content, given, trace }: Accepted, earlierMarkings: SignalReceived['earlierMarkings']): LogRecord {
  const value: SignalReceived = { signal: { ...posted, ...given }, earlierMarkings };
  const { externalId, revision } = posted;
  // What it says was written out for its hash: the rest is put around it.
  const json = `{"signal":${JSON.stringify({ ...given, externalId, revision }).slice(0, -1)},${content.slice(1)},"earlierMarkings":${JSON.stringify(earlierMarkings)}}`;
  return { key: given.id, value, json, ...(trace.traceparent === undefined ? {} : { headers: trace }) };
}
