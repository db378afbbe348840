import type { Subscription } from '@samenhang/ports';
import type { BackOffSettings } from './back-off.ts';
import type { CommittedOffsets } from './committed-offsets.ts';
import { consumePartition } from './partition-consumer.ts';
import type { TopicLog } from './topic-log.ts';

/** The consumers of one group of one topic within this process. */
export interface ConsumerGroup {
  /** Gives the consumer its share of the partitions; resolves once it has them. Disposing gives them to those who stay. */
  join(subscription: Subscription): Promise<AsyncDisposable>;
  /** Shares out partitions that were added. */
  share(): Promise<void>;
}

interface Member {
  readonly subscription: Subscription;
  readonly consumers: Map<number, AsyncDisposable>;
}

/** Each partition has exactly one consumer of the group at any time: it is taken from the old one, batch in hand included, before the new one gets it. */
export function createConsumerGroup(topic: TopicLog, offsets: CommittedOffsets, backOff: BackOffSettings): ConsumerGroup {
  const members: Member[] = [];
  let sharing: Promise<void> = Promise.resolve();

  const ownerOf = (partition: number): Member | undefined => members[partition % Math.max(1, members.length)];

  async function release(member: Member): Promise<void> {
    const lost = [...member.consumers].filter(([partition]) => ownerOf(partition) !== member);
    await Promise.all(
      lost.map(async ([partition, consumer]) => {
        await consumer[Symbol.asyncDispose]();
        member.consumers.delete(partition);
      }),
    );
  }

  async function shareOut(leaving: readonly Member[]): Promise<void> {
    await Promise.all([...members, ...leaving].map(release));
    for (const partition of topic.knownEnds().keys()) {
      const owner = ownerOf(partition);
      if (owner === undefined || owner.consumers.has(partition)) continue;
      owner.consumers.set(partition, consumePartition({ subscription: owner.subscription, partition, topic, offsets, backOff }));
    }
  }

  const share = (leaving: readonly Member[] = []): Promise<void> => {
    const shared = sharing.then(() => shareOut(leaving));
    sharing = shared.catch(() => undefined);
    return shared;
  };

  return {
    share,
    async join(subscription) {
      const member: Member = { subscription, consumers: new Map() };
      members.push(member);
      await share();
      return {
        async [Symbol.asyncDispose]() {
          const at = members.indexOf(member);
          if (at >= 0) members.splice(at, 1);
          await share([member]);
        },
      };
    },
  };
}
