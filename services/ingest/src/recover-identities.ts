import { isSignalReceived, topics } from '@samenhang/events';
import type { EventLog, KnownSignal } from '@samenhang/ports';
import { withRevision } from './decide-signal.ts';
import type { KnownSignals } from './known-signals.ts';

/** So many records at the end of each partition may hold what the index was not told before a crash. */
export const recoveredTail = 10_000;

/**
 * Teaches the index what the end of the log holds and it does not know: what was appended when a process stopped before it could say so.
 * Gives the latest `receivedAt` that it saw. Without it, posting the same again would be a second acceptance.
 */
export async function recoverIdentities(log: Pick<EventLog, 'ends' | 'read'>, known: KnownSignals): Promise<string | undefined> {
  const topic = topics.signalsReceived.name;
  let latest: string | undefined;
  for (const [partition, end] of (await log.ends(topic)).entries()) {
    for await (const batch of log.read({ topic, partition, offset: Math.max(0, end - recoveredTail) })) {
      const signals = batch.flatMap(({ value }) => (isSignalReceived(value) ? [value] : []));
      const found = new Map(await known.find(signals.map(({ signal }) => signal.id)));
      const changed = new Map<string, KnownSignal>();
      for (const { signal } of signals) {
        const before = found.get(signal.id);
        const after = withRevision(before, signal, signal.receivedAt);
        if (after !== before) changed.set(signal.id, after);
        found.set(signal.id, after);
        if (latest === undefined || signal.receivedAt > latest) latest = signal.receivedAt;
      }
      if (changed.size > 0) await known.keep([...changed.values()], signals.length);
    }
  }
  // What was found may be as old as the tail is long: it must be in the index before more is added behind it.
  await known.settle();
  return latest;
}
