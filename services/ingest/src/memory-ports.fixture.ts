import type { DeliveredRecord, EventLog, IdentityIndex, KnownSignal, LogRecord, Position } from '@samenhang/ports';

/** What the acceptor uses of a log, in memory, with a switch that has the next appends fail before or after they took place. */
export interface MemoryLog extends Pick<EventLog, 'append' | 'ends' | 'read'> {
  readonly records: DeliveredRecord[];
  failing: 'no' | 'before' | 'after';
}

const delivered = (topic: string, { key, value, headers = {} }: LogRecord, offset: number): DeliveredRecord => {
  const bytes = Buffer.from(JSON.stringify(value));
  return { topic, partition: 0, offset, key, value: JSON.parse(bytes.toString()), headers, timestampMs: 0, bytes: () => bytes };
};

/** An empty log of one topic with one partition. */
export function createMemoryLog(): MemoryLog {
  const records: DeliveredRecord[] = [];
  const log: MemoryLog = {
    records,
    failing: 'no',
    async append(topic, added) {
      await Promise.resolve();
      if (log.failing === 'before') throw new Error('disk full');
      const positions: Position[] = added.map((record) => {
        const next = delivered(topic, record, records.length);
        records.push(next);
        return next;
      });
      if (log.failing === 'after') throw new Error('power cut');
      return positions;
    },
    ends: async () => [records.length],
    async *read({ offset }) {
      yield records.slice(offset);
    },
  };
  return log;
}

/** An empty index in memory, with a switch that has the next saves fail. */
export function createMemoryIdentities(): IdentityIndex & { failing: boolean } {
  const known = new Map<string, KnownSignal>();
  return {
    failing: false,
    find: async (ids) => new Map(ids.flatMap((id) => (known.has(id) ? [[id, known.get(id) as KnownSignal]] : []))),
    async save(entries) {
      if (this.failing) throw new Error('no index');
      for (const entry of entries) known.set(entry.id, entry);
    },
    latestReceivedAt: async () =>
      [...known.values()]
        .map(({ receivedAt }) => receivedAt)
        .sort()
        .at(-1),
    [Symbol.asyncDispose]: async () => undefined,
  };
}
