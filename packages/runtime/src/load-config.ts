import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { jsonPointer } from '@samenhang/domain';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { type Config, ConfigFile, defaultAudiences, ProcessSettings } from './config.ts';
import { type ErrorDetail, ServiceError } from './errors.ts';
import { resolveWebhooks } from './resolve-webhooks.ts';
import type { Webhook } from './webhook-settings.ts';

export interface ConfigOrigin {
  /** The YAML file; without one every setting has its default. */
  readonly file?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly flags?: Readonly<Record<string, string | number | undefined>>;
  /** True for a process that posts to webhooks: only that one needs their secrets, from `env`. */
  readonly postsToWebhooks?: boolean;
}

/** The setting each environment variable gives. */
const environment = {
  SAMENHANG_HOST: 'host',
  SAMENHANG_PORT: 'port',
  SAMENHANG_DATA: 'data',
  SAMENHANG_AUDIT: 'audit',
  SAMENHANG_AUDIT_ANCHORS: 'auditAnchors',
  SAMENHANG_LOG_LEVEL: 'logLevel',
  KAFKA_BROKERS: 'kafkaBrokers',
  KAFKA_TLS: 'kafkaTls',
  KAFKA_SASL: 'kafkaSasl',
  KAFKA_USERNAME: 'kafkaUsername',
  KAFKA_PASSWORD: 'kafkaPassword',
  KAFKA_REPLICATION_FACTOR: 'kafkaReplicationFactor',
  MONGODB_URI: 'mongodbUri',
} as const;

type Checked<T> =
  | { readonly value: T; readonly errors: readonly [] }
  | { readonly value: undefined; readonly errors: readonly ErrorDetail[] };

function check<T>(schema: z.ZodType<T>, value: unknown, where: string): Checked<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data, errors: [] };
  const errors = parsed.error.issues.map(({ path, code, message }) => ({
    pointer: `${where}#${jsonPointer(path)}`,
    code: code ?? 'invalid',
    detail: message,
  }));
  return { value: undefined, errors };
}

const mistake = (where: string, code: string, detail: string): Checked<never> => ({
  value: undefined,
  errors: [{ pointer: `${where}#`, code, detail }],
});

interface FromFile {
  readonly config: Checked<ConfigFile>;
  readonly webhooks: readonly Webhook[];
}

async function readConfigFile({ file, env, postsToWebhooks = false }: ConfigOrigin): Promise<FromFile> {
  if (file === undefined) return { config: check(ConfigFile, {}, 'defaults'), webhooks: [] };
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return { config: mistake(file, 'unreadable', 'The file cannot be read.'), webhooks: [] };
  const document = parseDocument(text, { prettyErrors: true });
  const notYaml = document.errors.map((error) => ({ pointer: `${file}#`, code: 'not-yaml', detail: error.message.split('\n')[0] ?? '' }));
  if (notYaml.length > 0) return { config: { value: undefined, errors: notYaml }, webhooks: [] };
  const written: unknown = document.toJS() ?? {};
  const config = check(ConfigFile, written, file);
  const { webhooks, errors } = resolveWebhooks(written, { defaultAudiences, env: postsToWebhooks ? env : undefined, where: file });
  return { config: errors.length === 0 ? config : { value: undefined, errors: [...config.errors, ...errors] }, webhooks };
}

function settingsOf({ env, flags = {} }: ConfigOrigin): Record<string, unknown> {
  const fromEnv = Object.entries(environment).map(([variable, name]) => [name, env[variable]] as const);
  return Object.fromEntries([...fromEnv, ...Object.entries(flags)].filter(([, value]) => value !== undefined && value !== ''));
}

/** The files that a configuration names, as seen from where it stands. */
function besideFile(config: ConfigFile, file: string | undefined): ConfigFile {
  const found = (path: string): string => (file === undefined ? path : resolve(dirname(file), path));
  const { audiences, ruleset, register, warningLists } = config;
  return {
    ...config,
    audiences: audiences.map((audience) => (audience.ruleset === undefined ? audience : { ...audience, ruleset: found(audience.ruleset) })),
    ...(ruleset === undefined ? {} : { ruleset: found(ruleset) }),
    ...(register === undefined ? {} : { register: found(register) }),
    warningLists: warningLists.map(found),
  };
}

/** Reads the file, the environment and the flags; throws one `config-invalid` that names every mistake in all of them. */
export async function loadConfig(origin: ConfigOrigin): Promise<Config> {
  const { config: file, webhooks } = await readConfigFile(origin);
  const settings = check(ProcessSettings, settingsOf(origin), 'flags and environment');
  if (file.value !== undefined && settings.value !== undefined)
    return { ...besideFile(file.value, origin.file), ...settings.value, postsTo: webhooks };
  const errors = [...file.errors, ...settings.errors];
  const list = errors.map(({ pointer, detail }) => `  ${pointer}: ${detail}`).join('\n');
  throw new ServiceError(
    'config-invalid',
    `The configuration has ${errors.length === 1 ? 'a mistake' : `${errors.length} mistakes`}:\n${list}`,
    { errors },
  );
}
