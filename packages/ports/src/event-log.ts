import type { JsonValue } from '@samenhang/domain';

/** One record to append. `partition` wins over the key; without it equal keys go to equal partitions. */
export interface LogRecord {
  readonly key: string;
  /** Stored as JSON; an object of one of the message types, or any JSON value: plain data, not changed after the call. */
  readonly value: JsonValue | object;
  /** JSON of the value, exactly, where whoever appends has it already: it is stored as it is given. */
  readonly json?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly partition?: number;
}

/** Where a record stands: offsets of one partition start at 0 and rise by one per record (Kafka may leave gaps). */
export interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** A record as it is read back. `value` deep-equals what was appended and must not be changed; it is undefined when the stored bytes are not JSON. */
export interface DeliveredRecord extends Position {
  readonly key: string;
  readonly value: JsonValue | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** When the log took the record, milliseconds since 1970. */
  readonly timestampMs: number;
  /** The bytes as they are stored: the original for a dead letter. */
  bytes(): Uint8Array;
}

export interface Subscription {
  readonly topic: string;
  /** Consumers of one group share the partitions; each group sees every record. */
  readonly group: string;
  /** At most so many records in one batch; default 500. */
  readonly maxBatch?: number;
  /**
   * Called with records of one partition in order, never concurrently for the same partition. When it resolves, the batch is committed;
   * when it rejects, nothing is committed and the same records come again after a back-off.
   */
  handle(batch: readonly DeliveredRecord[]): Promise<void>;
  /** Called when a partition is given to this consumer, before its first batch, with the next offset to be delivered. */
  assigned?(partition: number, nextOffset: number): Promise<void>;
  /** Called when a partition is taken from this consumer; no batch of it follows. */
  revoked?(partition: number): Promise<void>;
  /** Called when `handle` rejected, with what it said; the adapter goes on trying. */
  failed?(error: unknown): void;
}

export interface TopicSettings {
  readonly name: string;
  readonly partitions: number;
}

/** An ordered, durable, partitioned log. One writer process per topic; any number of readers. */
export interface EventLog extends AsyncDisposable {
  /** Makes the topics exist with at least so many partitions; partitions never shrink. Idempotent. */
  ensureTopics(topics: readonly TopicSettings[]): Promise<void>;
  /** Resolves once every record is durable (survives a power cut), with their positions in order. Records of one partition keep their order. Rejects if any may not be. */
  append(topic: string, records: readonly LogRecord[]): Promise<readonly Position[]>;
  /** Delivers each record at least once, in order per partition, from the group's committed offset (0 at first). Disposing stops after the batch in hand. */
  subscribe(subscription: Subscription): Promise<AsyncDisposable>;
  /** Reads a partition from an offset up to the end as it was at the call, in batches. Touches no group. */
  read(from: Position, options?: { readonly maxBatch?: number }): AsyncIterable<readonly DeliveredRecord[]>;
  /** The next offset of every partition: one more than the last record's. */
  ends(topic: string): Promise<readonly number[]>;
  /** The committed next offset of every partition for a group; 0 where it never committed. */
  committed(topic: string, group: string): Promise<readonly number[]>;
  /** Rejects with the cause when the log cannot append or read now. */
  check(): Promise<void>;
}
