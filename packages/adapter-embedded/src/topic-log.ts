import type { DatabaseSync } from 'node:sqlite';
import type { DeliveredRecord, LogRecord, Position } from '@samenhang/ports';
import { createDurableWriter, type DurableWriter } from './durable-writer.ts';
import { keyPartition } from './key-partition.ts';
import { openDatabase } from './open-database.ts';
import { createRecentRecords, type Follower, type RecentRecords, type SizedRecord } from './recent-records.ts';
import { RecentRecord } from './stored-record.ts';
import { createTopicFile, type PreparedRecord, type TopicFile } from './topic-file.ts';
import { createWaiters, type Waiters } from './waiters.ts';

export interface TopicLogSettings {
  readonly name: string;
  readonly file: string;
  /** JSON characters of newest records held in memory, per partition. */
  readonly recentChars: number;
  readonly now: () => number;
  readonly synchronise?: (descriptor: number) => Promise<void>;
}

/** One topic: its file, what is newest of it in memory, and who waits for more. */
export interface TopicLog extends AsyncDisposable {
  readonly name: string;
  ensurePartitions(count: number): Promise<void>;
  append(records: readonly LogRecord[]): Promise<readonly Position[]>;
  /** Records of [from, end) in order; empty only when from = end. */
  read(partition: number, from: number, end: number, maxRecords: number): readonly DeliveredRecord[];
  follow(partition: number, next: number): Follower;
  /** The next offset of every partition, as far as this process knows; only durable records count. */
  knownEnds(): readonly number[];
  /** Sees what other connections wrote; resolves with the ends of now. */
  refresh(): Promise<readonly number[]>;
  /** Wakes when there may be more. */
  readonly waiters: Waiters;
}

/** Opens a topic's file; a new one has no partitions. */
export function openTopicLog(settings: TopicLogSettings): TopicLog {
  const { name, file, synchronise } = settings;
  const database = openDatabase({ file, unavailable: 'log-unavailable', pageBytes: 8192 });
  const topicFile = createTopicFile(database, name);
  const writer = createDurableWriter({
    database,
    file,
    unavailable: 'log-unavailable',
    ...(synchronise === undefined ? {} : { synchronise }),
  });
  return createTopicLog(settings, { database, topicFile, writer });
}

interface Parts {
  readonly database: DatabaseSync;
  readonly topicFile: TopicFile;
  readonly writer: DurableWriter;
}

function createTopicLog({ name, recentChars, now }: TopicLogSettings, { database, topicFile, writer }: Parts): TopicLog {
  const waiters = createWaiters();
  const recent: RecentRecords[] = [];
  let version = topicFile.version();
  let ends = topicFile.ends();

  const recentOf = (partition: number): RecentRecords => (recent[partition] ??= createRecentRecords(recentChars));

  function reload(): void {
    const before = ends;
    version = topicFile.version();
    ends = topicFile.ends();
    if (ends.length !== before.length || ends.some((end, partition) => end !== before[partition])) waiters.wake();
  }

  function publish(
    records: readonly LogRecord[],
    prepared: readonly PreparedRecord[],
    offsets: readonly number[],
    timestampMs: number,
  ): Position[] {
    const fresh = new Map<number, SizedRecord[]>();
    const positions = prepared.map(({ partition, json }, index) => {
      const at = { topic: name, partition, offset: offsets[index] ?? 0 };
      const given = records[index];
      if (given !== undefined) {
        const entry = { record: new RecentRecord(at, given, timestampMs), chars: json.length };
        const entries = fresh.get(partition);
        if (entries === undefined) fresh.set(partition, [entry]);
        else entries.push(entry);
      }
      ends[partition] = Math.max(ends[partition] ?? 0, at.offset + 1);
      return at;
    });
    for (const [partition, entries] of fresh) recentOf(partition).add(entries);
    waiters.wake();
    return positions;
  }

  return {
    name,
    waiters,
    async ensurePartitions(count) {
      if (ends.length >= count) return;
      await writer.write(() => topicFile.ensurePartitions(count));
      reload();
    },
    async append(records) {
      const prepared = records.map((record) => prepareRecord(name, record, ends.length));
      if (prepared.length === 0) return [];
      const { offsets, timestampMs } = await writer.write(() => {
        const timestampMs = now();
        return { timestampMs, offsets: topicFile.insert(prepared, timestampMs) };
      });
      return publish(records, prepared, offsets, timestampMs);
    },
    read(partition, from, end, maxRecords) {
      const held = recent[partition]?.take(from, Math.min(maxRecords, end - from));
      return held ?? topicFile.read(partition, from, end, maxRecords);
    },
    follow: (partition, next) => recentOf(partition).follow(next),
    knownEnds: () => ends,
    async refresh() {
      if (topicFile.version() !== version) {
        // What this process has written and not yet made durable is in the file already; it must not be seen early.
        await writer.idle();
        reload();
      }
      return ends;
    },
    async [Symbol.asyncDispose]() {
      await writer[Symbol.asyncDispose]();
      if (database.isOpen) database.close();
    },
  };
}

function prepareRecord(topic: string, { key, value, json: given, headers, partition }: LogRecord, partitions: number): PreparedRecord {
  const target = partition ?? keyPartition(key, partitions);
  if (!Number.isInteger(target) || target < 0 || target >= partitions)
    throw new RangeError(`${topic} has no partition ${target}: it has ${partitions}`);
  const json = given ?? JSON.stringify(value);
  if (json === undefined) throw new TypeError(`a record of ${topic} has a value that is not JSON`);
  return { partition: target, key, headers: headers === undefined ? null : JSON.stringify(headers), json };
}
