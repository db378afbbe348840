import { Audience } from '@samenhang/domain';
import { z } from 'zod';
import { logLevels } from './logger.ts';
import { OidcSettings } from './oidc-settings.ts';
import { type Webhook, WebhookSettings } from './webhook-settings.ts';

/** The audiences of a service that was not told otherwise (INTERFACE.md). */
export const defaultAudiences: readonly Audience[] = [
  { id: 'fusion-cell', name: 'Fusion cell', tlpMax: 'red', communities: 'all' },
  { id: 'ras-community', name: 'RAS contact points', tlpMax: 'amber', communities: ['ras'] },
  { id: 'public', name: 'Public', tlpMax: 'clear', communities: [] },
];

export const SourceGrade = z.strictObject({
  source: z.string().min(1).max(200).describe('The source as its signals name it.'),
  reliability: z
    .enum(['A', 'B', 'C', 'D', 'E', 'F'])
    .describe('Admiralty reliability used for signals that carry none of their own; F means that it cannot be judged.'),
  name: z.string().min(1).max(200).optional().describe('How the source is called in full.'),
});
/** What is known of a source beforehand. */
export type SourceGrade = z.infer<typeof SourceGrade>;

const size = (bytes: number) => z.int().min(1_024).max(1_073_741_824).default(bytes);

export const Limits = z.strictObject({
  jsonBytes: size(16_777_216).describe('Largest JSON body, in bytes; it is held in memory while it is read.'),
  ndjsonBytes: size(67_108_864).describe('Largest NDJSON body, in bytes; it is read as a stream.'),
  itemBytes: size(1_048_576).describe('Largest single signal, in bytes.'),
  itemsPerRequest: z.int().min(1).max(1_000_000).default(10_000).describe('Most signals in one request.'),
  depth: z.int().min(8).max(512).default(64).describe('Deepest nesting of a signal, its raw part included.'),
  backlog: z.int().min(1).default(100_000).describe('Signals that may wait for the pipeline before posting is answered with 503.'),
  requestsPerMinute: z.int().min(1).default(600_000).describe('Requests per minute and key before they are answered with 429.'),
});
export type Limits = z.infer<typeof Limits>;

export const AudienceSettings = Audience.extend({
  ruleset: z
    .string()
    .min(1)
    .optional()
    .describe(
      'File with the ruleset of this audience alone: a second audience with the same markings and a new ruleset is its shadow, for comparison.',
    ),
});
/** An audience as it is configured. */
export type AudienceSettings = z.infer<typeof AudienceSettings>;

const unique = (names: readonly string[]): boolean => new Set(names).size === names.length;

export const ConfigFile = z.strictObject({
  audiences: z
    .array(AudienceSettings)
    .min(1)
    .max(1_000)
    .refine((audiences) => unique(audiences.map(({ id }) => id)), { message: 'names one audience twice' })
    .default([...defaultAudiences])
    .describe('Who may see what. Append only: the place in this list is the audience’s partition of the log for ever.'),
  sources: z
    .array(SourceGrade)
    .refine((sources) => unique(sources.map(({ source }) => source)), { message: 'names one source twice' })
    .default([])
    .describe('What is known of sources beforehand.'),
  ruleset: z
    .string()
    .min(1)
    .optional()
    .describe('File with the weights and thresholds of correlation; without it the built-in ruleset is used.'),
  register: z
    .string()
    .min(1)
    .optional()
    .describe(
      'File with the register of interests: the organisations, persons, vessels and vital objects to find in texts, with their aliases. Without it none are.',
    ),
  warningLists: z
    .array(z.string().min(1))
    .max(1_000)
    .refine(unique, { message: 'names one file twice' })
    .default([])
    .describe(
      'Files with lists of values too common to mean anything, as MISP publishes them (string, hostname, cidr, substring). Such a value is kept with its signal and ties it to no other.',
    ),
  oidc: OidcSettings.optional().describe('The OpenID Connect issuer whose tokens are taken besides keys. Without it none are.'),
  webhooks: z
    .array(WebhookSettings)
    .max(100)
    .refine((webhooks) => unique(webhooks.map(({ name }) => name)), { message: 'names one webhook twice' })
    .default([])
    .describe('Who is told of changed incidents, by a signed POST without their content (docs/webhooks.md).'),
  limits: Limits.prefault({}).describe('What one request may ask of the service.'),
});
/** `samenhang.yaml`: what belongs to the deployment and holds no secret. */
export type ConfigFile = z.infer<typeof ConfigFile>;

export const ProcessSettings = z.strictObject({
  host: z.string().min(1).default('127.0.0.1').describe('Address to listen on (--host, SAMENHANG_HOST).'),
  port: z.coerce.number().int().min(0).max(65_535).default(8_080).describe('Port to listen on (--port, SAMENHANG_PORT).'),
  data: z.string().min(1).default('./data').describe('Directory that holds the log, the store and the keys (--data, SAMENHANG_DATA).'),
  audit: z
    .string()
    .min(1)
    .optional()
    .describe('Directory that holds the audit trail; `audit` in the data directory without it (SAMENHANG_AUDIT).'),
  auditAnchors: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Directory that holds the heads of the audit trail, by which a cut is found: best on another volume. `audit-anchors` in the data directory without it (SAMENHANG_AUDIT_ANCHORS).',
    ),
  logLevel: z.enum(logLevels).default('info').describe('Least severe level that is logged (SAMENHANG_LOG_LEVEL).'),
  kafkaBrokers: z
    .string()
    .min(1)
    .optional()
    .describe('Kafka bootstrap addresses, separated by commas (--brokers, KAFKA_BROKERS); distributed only.'),
  kafkaTls: z
    .stringbool()
    .optional()
    .describe('true to speak TLS with the brokers; a private authority stands in NODE_EXTRA_CA_CERTS (KAFKA_TLS).'),
  kafkaSasl: z
    .enum(['plain', 'scram-sha-256', 'scram-sha-512'])
    .optional()
    .describe('How to authenticate to the brokers, with KAFKA_USERNAME and KAFKA_PASSWORD (KAFKA_SASL).'),
  kafkaUsername: z.string().min(1).optional().describe('User of the brokers (KAFKA_USERNAME).'),
  kafkaPassword: z.string().min(1).optional().describe('Password of that user (KAFKA_PASSWORD).'),
  kafkaReplicationFactor: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .describe('Copies of every record in topics that are created; without it the default of the brokers (KAFKA_REPLICATION_FACTOR).'),
  mongodbUri: z
    .string()
    .min(1)
    .optional()
    .describe('Address of MongoDB, which may hold a password (--mongodb, MONGODB_URI); distributed only.'),
});
/** What belongs to one process: flags win over the environment. */
export type ProcessSettings = z.infer<typeof ProcessSettings>;

/** Everything a service is told, read once at its start. */
export interface Config extends ConfigFile, ProcessSettings {
  /** The webhooks with their secrets, in a process that posts to them; none in any other, which need not hold a secret. */
  readonly postsTo: readonly Webhook[];
}
