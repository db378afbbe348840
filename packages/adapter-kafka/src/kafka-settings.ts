import type { SASLOptions } from 'kafkajs';

/** How to reach a Kafka cluster and how patient to be with it. */
export interface KafkaSettings {
  /** HOST:PORT of at least one broker. */
  readonly brokers: readonly string[];
  /** Names this process in the broker's logs and quotas; default `samenhang`. */
  readonly clientId?: string;
  /** True for TLS with the system's authorities, or PEM texts of a private authority and a client certificate. */
  readonly tls?: boolean | { readonly ca?: string; readonly cert?: string; readonly key?: string; readonly servername?: string };
  readonly sasl?: { readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; readonly username: string; readonly password: string };
  /** Copies of every record; -1 takes the broker's default. */
  readonly replicationFactor?: number;
  readonly compression?: 'none' | 'gzip';
  /** A consumer that was not heard of for so long loses its partitions, and may not append. */
  readonly sessionTimeoutMs?: number;
  readonly heartbeatIntervalMs?: number;
  /** A batch that takes longer than this is taken as stuck (kafkajs #1616): `stuck` is called. */
  readonly handlerDeadlineMs?: number;
  /** What a stuck handler does; default: throw outside every promise, so that the process ends and its supervisor starts it again. */
  readonly stuck?: (error: Error) => void;
  /** An append that is not durable within this time is rejected. */
  readonly appendDeadlineMs?: number;
  /** How long closing may take before connections are cut. */
  readonly closeDeadlineMs?: number;
  /** Told what the client says at warning level and above; default nobody. */
  readonly say?: (line: { readonly level: 'warn' | 'error'; readonly message: string }) => void;
}

/** What a setting is when it is left out. */
export const kafkaDefaults = {
  clientId: 'samenhang',
  replicationFactor: -1,
  compression: 'none',
  sessionTimeoutMs: 30_000,
  heartbeatIntervalMs: 3_000,
  handlerDeadlineMs: 180_000,
  appendDeadlineMs: 20_000,
  closeDeadlineMs: 15_000,
} as const;

/** SASL as kafkajs wants it: one closed shape per mechanism. */
export function saslOptions(sasl: NonNullable<KafkaSettings['sasl']>): SASLOptions {
  const { mechanism, username, password } = sasl;
  if (mechanism === 'plain') return { mechanism, username, password };
  return mechanism === 'scram-sha-256' ? { mechanism, username, password } : { mechanism, username, password };
}
