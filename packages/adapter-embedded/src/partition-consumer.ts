import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Subscription } from '@samenhang/ports';
import { type BackOffSettings, backOff } from './back-off.ts';
import type { CommittedOffsets } from './committed-offsets.ts';
import type { TopicLog } from './topic-log.ts';

interface PartitionConsumerSettings {
  readonly subscription: Subscription;
  readonly partition: number;
  readonly topic: TopicLog;
  readonly offsets: CommittedOffsets;
  readonly backOff: BackOffSettings;
}

const defaultMaxBatch = 500;

/** Hands one partition to one subscriber, batch after batch, from the committed offset on. Disposing waits for the batch in hand and tells `revoked`. */
export function consumePartition(settings: PartitionConsumerSettings): AsyncDisposable {
  const stop = new AbortController();
  const running = run(settings, stop.signal);
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

async function run(settings: PartitionConsumerSettings, signal: AbortSignal): Promise<void> {
  const { subscription, partition, topic, offsets } = settings;
  const { group } = subscription;
  const from = offsets.find(topic.name, group).get(partition) ?? 0;
  if (!(await persist(settings, signal, async () => subscription.assigned?.(partition, from)))) return;
  using follower = topic.follow(partition, from);
  for (let next = from; !signal.aborted; ) {
    const end = topic.knownEnds()[partition] ?? 0;
    if (next >= end) {
      await topic.waiters.next(signal);
      continue;
    }
    const after = next;
    await persist(settings, signal, async () => {
      const batch = topic.read(partition, after, end, subscription.maxBatch ?? defaultMaxBatch);
      await subscription.handle(batch);
      const nextOffset = (batch.at(-1)?.offset ?? after - 1) + 1;
      offsets.commit({ topic: topic.name, group, partition, nextOffset });
      next = nextOffset;
    });
    follower.advance(next);
    // The event loop serves others, such as requests, between two batches.
    await nextTurn();
  }
  try {
    await subscription.revoked?.(partition);
  } catch (error) {
    subscription.failed?.(error);
  }
}

/** Tries until it works or the signal aborts; true when it worked. */
async function persist(
  { subscription, backOff: pause }: PartitionConsumerSettings,
  signal: AbortSignal,
  attempt: () => Promise<void>,
): Promise<boolean> {
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      await attempt();
      return true;
    } catch (error) {
      subscription.failed?.(error);
      await backOff(failures, pause, signal);
    }
  }
  return false;
}
