import type { JsonValue } from '@samenhang/domain';
import type { DeliveredRecord, LogRecord, Position } from '@samenhang/ports';

/** The parts of a record as a row of a topic's file holds them. */
export interface RecordRow {
  readonly offset: number;
  readonly timestampMs: number;
  readonly key: string;
  readonly headers: string | null;
  readonly value: string | Uint8Array;
}

/** True for what was appended: it is in the file as JSON before anyone is given it. */
const isJson = (appended: JsonValue | object): appended is JsonValue => appended !== undefined;

const noHeaders: Readonly<Record<string, string>> = Object.freeze({});

/** A record that is delivered from memory: its value is the appended object itself, its bytes are made when asked for. */
export class RecentRecord implements DeliveredRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly value: JsonValue | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly timestampMs: number;
  readonly #json: string | undefined;

  constructor(at: Position, { key, value, json, headers = noHeaders }: LogRecord, timestampMs: number) {
    this.topic = at.topic;
    this.partition = at.partition;
    this.offset = at.offset;
    this.key = key;
    if (isJson(value)) this.value = value;
    this.headers = headers;
    this.timestampMs = timestampMs;
    this.#json = json;
  }

  bytes(): Uint8Array {
    return Buffer.from(this.#json ?? JSON.stringify(this.value), 'utf8');
  }
}

/** A record as it stands on disk; bytes that are not JSON in UTF-8 give the value undefined. */
export function storedRecord(topic: string, partition: number, row: RecordRow): DeliveredRecord {
  const { offset, key, timestampMs } = row;
  const headers = row.headers === null ? noHeaders : JSON.parse(row.headers);
  const bytes = () => (typeof row.value === 'string' ? Buffer.from(row.value, 'utf8') : row.value);
  return { topic, partition, offset, key, timestampMs, headers, bytes, value: parseValue(row.value) };
}

function parseValue(stored: string | Uint8Array): JsonValue | undefined {
  try {
    return JSON.parse(typeof stored === 'string' ? stored : new TextDecoder('utf-8', { fatal: true }).decode(stored));
  } catch {
    return undefined;
  }
}
