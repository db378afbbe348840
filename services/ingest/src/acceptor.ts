import { contentHash, idOfPosted, type PostedSignal, type Signal } from '@samenhang/domain';
import { type SignalReceived, topics } from '@samenhang/events';
import type { EventLog, IdentityIndex, KnownSignal, LogRecord } from '@samenhang/ports';
import { ServiceError } from '@samenhang/runtime';
import { type Claim, type Decision, decideSignal, withRevision } from './decide-signal.ts';
import { flagsOf } from './flag-signal.ts';
import { openKnownSignals } from './known-signals.ts';
import { createReceiptClock } from './receipt-clock.ts';
import { recoveredTail, recoverIdentities } from './recover-identities.ts';

/** What became of one posted signal. */
export interface Receipt {
  readonly id: string;
  readonly contentHash: string;
  readonly decision: Decision;
}

/** The one place where signals are accepted. */
export interface Acceptor extends AsyncDisposable {
  /** Resolves, with one receipt per signal in order, once every accepted one is durable; rejects when that cannot be said, and then nothing is acknowledged. */
  accept(posted: readonly PostedSignal[], trace: Readonly<Record<string, string>>): Promise<readonly Receipt[]>;
}

export interface AcceptorPorts {
  readonly log: Pick<EventLog, 'append' | 'ends' | 'read'>;
  readonly identities: IdentityIndex;
  readonly nowMs: () => number;
  /** True where other processes accept signals too: what was accepted is then in the index before it is acknowledged. */
  readonly shared?: boolean;
}

interface Request {
  readonly posted: readonly PostedSignal[];
  readonly trace: Readonly<Record<string, string>>;
  readonly settle: PromiseWithResolvers<readonly Receipt[]>;
}

/** So many signals at most are made durable together; what a crash can leave half done is bounded by it. */
export const groupLimit = 1_000;

const claimOf = (posted: PostedSignal): Claim => {
  const hash = contentHash(posted);
  return { id: idOfPosted(posted, hash), revision: posted.revision, contentHash: hash, marking: posted.marking };
};

/** Opens the acceptor: learns what a crash left unsaid, then takes requests one group after another, so that concurrent posts share one write to the disk. */
export async function openAcceptor({ log, identities, nowMs, shared = false }: AcceptorPorts): Promise<Acceptor> {
  const clock = createReceiptClock(nowMs);
  const knownSignals = openKnownSignals(identities, shared ? 0 : recoveredTail - groupLimit);
  const waiting: Request[] = [];
  let running = false;
  let certain = false;

  /** After a failed append it is not known what the log holds: look before deciding again. */
  const makeCertain = async (): Promise<void> => {
    if (certain) return;
    const latest = await recoverIdentities(log, knownSignals);
    for (const instant of [latest, await identities.latestReceivedAt()]) if (instant !== undefined) clock.notBefore(instant);
    certain = true;
  };

  const acceptGroup = async (group: readonly Request[]): Promise<readonly (readonly Receipt[])[]> => {
    await makeCertain();
    const claims = group.map(({ posted }) => posted.map(claimOf));
    const known = new Map(await knownSignals.find([...new Set(claims.flat().map(({ id }) => id))]));
    const changed = new Map<string, KnownSignal>();
    const records: LogRecord[] = [];
    const receipts = group.map(({ posted, trace }, request) =>
      posted.map((signal, at) => {
        const claim = claims[request]?.[at] ?? claimOf(signal);
        const decision = decideSignal(claim, known.get(claim.id));
        if (decision.kind === 'accepted') {
          const receivedAt = clock.next();
          const now = withRevision(known.get(claim.id), claim, receivedAt);
          known.set(claim.id, now);
          changed.set(claim.id, now);
          records.push(recordOf(stamp(signal, claim, now, receivedAt, nowMs()), decision.earlierMarkings, trace));
        }
        return { id: claim.id, contentHash: claim.contentHash, decision };
      }),
    );
    if (records.length === 0) return receipts;
    certain = false;
    await log.append(topics.signalsReceived.name, records);
    await knownSignals.keep([...changed.values()]);
    certain = true;
    return receipts;
  };

  const takeGroup = (): readonly Request[] => {
    let [size, count] = [0, 0];
    while (count < waiting.length && (count === 0 || size + (waiting[count]?.posted.length ?? 0) <= groupLimit))
      size += waiting[count++]?.posted.length ?? 0;
    return waiting.splice(0, count);
  };

  const run = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      const group = takeGroup();
      try {
        const receipts = await acceptGroup(group);
        for (const [at, { settle }] of group.entries()) settle.resolve(receipts[at] ?? []);
      } catch (cause) {
        const error = new ServiceError(
          'log-unavailable',
          'The signals could not be made durable; none of these was accepted. Send them again.',
          { cause, retryAfterSeconds: 1 },
        );
        for (const { settle } of group) settle.reject(error);
      }
    }
    running = false;
  };

  await makeCertain();
  return {
    accept(posted, trace) {
      if (posted.length > groupLimit) throw new RangeError(`at most ${groupLimit} signals at a time`);
      const settle = Promise.withResolvers<readonly Receipt[]>();
      waiting.push({ posted, trace, settle });
      if (!running) void run();
      return settle.promise;
    },
    [Symbol.asyncDispose]: () => knownSignals[Symbol.asyncDispose](),
  };
}

function stamp(posted: PostedSignal, claim: Claim, known: KnownSignal, receivedAt: string, nowMs: number): Signal {
  return {
    ...posted,
    id: claim.id,
    contentHash: claim.contentHash,
    receivedAt,
    firstReceivedAt: known.firstReceivedAt,
    flags: [...flagsOf(posted, nowMs)],
  };
}

function recordOf(signal: Signal, earlierMarkings: SignalReceived['earlierMarkings'], trace: Readonly<Record<string, string>>): LogRecord {
  const value: SignalReceived = { signal, earlierMarkings };
  return trace.traceparent === undefined ? { key: signal.id, value } : { key: signal.id, value, headers: trace };
}
