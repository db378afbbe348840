import type { PostedSignal } from '@samenhang/domain';
import { topics } from '@samenhang/events';
import type { EventLog, IdentityIndex } from '@samenhang/ports';
import { ServiceError } from '@samenhang/runtime';
import { type ClaimedSignal, claimOf, decideGroup, type Receipt } from './decide-group.ts';
import { openKnownSignals } from './known-signals.ts';
import { createReceiptClock } from './receipt-clock.ts';
import { recoveredTail, recoverIdentities } from './recover-identities.ts';

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
  readonly signals: readonly ClaimedSignal[];
  readonly settle: PromiseWithResolvers<readonly Receipt[]>;
}

/** So many signals at most are made durable together; what a crash can leave half done is bounded by it. */
export const groupLimit = 1_000;

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

  const acceptGroup = async (group: readonly ClaimedSignal[]): Promise<readonly Receipt[]> => {
    await makeCertain();
    const known = await knownSignals.find([...new Set(group.map(({ claim }) => claim.id))]);
    const { receipts, records, changed } = decideGroup(group, known, { clock, nowMs: nowMs() });
    if (records.length === 0) return receipts;
    certain = false;
    await log.append(topics.signalsReceived.name, records);
    await knownSignals.keep(changed, records.length);
    certain = true;
    return receipts;
  };

  const run = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) await settleGroup(takeGroup(waiting), acceptGroup);
    running = false;
  };

  await makeCertain();
  return {
    accept(posted, trace) {
      if (posted.length > groupLimit) throw new RangeError(`at most ${groupLimit} signals at a time`);
      const settle = Promise.withResolvers<readonly Receipt[]>();
      waiting.push({ signals: posted.map((signal) => claimOf(signal, trace)), settle });
      if (!running) void run();
      return settle.promise;
    },
    [Symbol.asyncDispose]: () => knownSignals[Symbol.asyncDispose](),
  };
}

/** Takes the requests that have waited longest, as many as may go together and at least one. */
function takeGroup(waiting: Request[]): readonly Request[] {
  let [size, count] = [0, 0];
  for (const { signals } of waiting) {
    if (count > 0 && size + signals.length > groupLimit) break;
    size += signals.length;
    count++;
  }
  return waiting.splice(0, count);
}

/** Gives every request of a group its own receipts, or all of them the same refusal. Never rejects. */
async function settleGroup(
  group: readonly Request[],
  accept: (signals: readonly ClaimedSignal[]) => Promise<readonly Receipt[]>,
): Promise<void> {
  try {
    const receipts = await accept(group.flatMap(({ signals }) => signals));
    let from = 0;
    for (const { signals, settle } of group) {
      settle.resolve(receipts.slice(from, from + signals.length));
      from += signals.length;
    }
  } catch (cause) {
    const says = 'The signals could not be made durable; none of these was accepted. Send them again.';
    const error = new ServiceError('log-unavailable', says, { cause, retryAfterSeconds: 1 });
    for (const { settle } of group) settle.reject(error);
  }
}
