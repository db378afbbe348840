import { isSignalReceived, topics } from '@samenhang/events';
import type { EventLog, IdentityIndex, KnownSignal } from '@samenhang/ports';
import { withRevision } from './decide-signal.ts';

/** More than one group of the acceptor, for every writer that may have stopped between the log and the index. */
const tail = 4_000;

/**
 * Teaches the index what the end of the log holds and it does not know: what was appended when a process stopped before it could say so.
 * Gives the latest `receivedAt` that it saw. Without it, posting the same again would be a second acceptance.
 */
export async function recoverIdentities(log: Pick<EventLog, 'ends' | 'read'>, identities: IdentityIndex): Promise<string | undefined> {
  const topic = topics.signalsReceived.name;
  let latest: string | undefined;
  for (const [partition, end] of (await log.ends(topic)).entries()) {
    for await (const batch of log.read({ topic, partition, offset: Math.max(0, end - tail) })) {
      const signals = batch.flatMap(({ value }) => (isSignalReceived(value) ? [value] : []));
      const known = new Map(await identities.find(signals.map(({ signal }) => signal.id)));
      const changed = new Map<string, KnownSignal>();
      for (const { signal } of signals) {
        const before = known.get(signal.id);
        const after = withRevision(before, signal, signal.receivedAt);
        if (after !== before) changed.set(signal.id, after);
        known.set(signal.id, after);
        if (latest === undefined || signal.receivedAt > latest) latest = signal.receivedAt;
      }
      if (changed.size > 0) await identities.save([...changed.values()]);
    }
  }
  return latest;
}
