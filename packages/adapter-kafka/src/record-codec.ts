import type { JsonValue } from '@samenhang/domain';
import type { DeliveredRecord, LogRecord } from '@samenhang/ports';
import type { KafkaMessage, Message } from 'kafkajs';

const noBytes = new Uint8Array(0);

/** A record as the client sends it; its partition is set, because a message for a partition that the client does not know would vanish without an error. */
export function encodeRecord(record: LogRecord, partition: number): Message & { readonly partition: number; readonly value: Buffer } {
  return {
    key: record.key,
    value: Buffer.from(record.json ?? JSON.stringify(record.value)),
    partition,
    ...(record.headers === undefined ? {} : { headers: { ...record.headers } }),
  };
}

function parseValue(bytes: Buffer | null): JsonValue | undefined {
  if (bytes === null) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function decodeHeaders(headers: KafkaMessage['headers']): Readonly<Record<string, string>> {
  const decoded: [string, string][] = [];
  for (const [name, value] of Object.entries(headers ?? {})) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) decoded.push([name, last.toString()]);
  }
  return Object.fromEntries(decoded);
}

/** A message as every consumer of the log sees it; a value that is not JSON is undefined and its bytes are kept. */
export function decodeMessage(topic: string, partition: number, message: KafkaMessage): DeliveredRecord {
  return {
    topic,
    partition,
    offset: Number(message.offset),
    key: message.key?.toString() ?? '',
    value: parseValue(message.value),
    headers: decodeHeaders(message.headers),
    timestampMs: Number(message.timestamp),
    bytes: () => message.value ?? noBytes,
  };
}
