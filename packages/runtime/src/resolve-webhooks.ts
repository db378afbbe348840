import { z } from 'zod';
import type { ErrorDetail } from './errors.ts';
import { type Webhook, WebhookSettings } from './webhook-settings.ts';

/** A configuration as far as it can be read, so that mistakes of webhooks are told beside all others. */
const Readable = z.object({
  audiences: z.array(z.object({ id: z.string() }).catch({ id: '' })).optional(),
  webhooks: z.array(z.unknown()).catch([]).default([]),
});

export interface ResolvedWebhooks {
  readonly webhooks: readonly Webhook[];
  readonly errors: readonly ErrorDetail[];
}

interface ResolveOptions {
  /** Audiences of a configuration that names none. */
  readonly defaultAudiences: readonly { readonly id: string }[];
  /** Where the secrets are; without it none is looked for and no webhook is given. */
  readonly env: Readonly<Record<string, string | undefined>> | undefined;
  /** How the file is called in mistakes. */
  readonly where: string;
}

/** Gives each webhook of a configuration its secret, and every mistake that only shows beside the audiences and the environment; no mistake holds a secret. */
export function resolveWebhooks(document: unknown, { defaultAudiences, env, where }: ResolveOptions): ResolvedWebhooks {
  const readable = Readable.safeParse(document);
  if (!readable.success) return { webhooks: [], errors: [] };
  const { audiences = defaultAudiences, webhooks: written } = readable.data;
  const webhooks: Webhook[] = [];
  const errors: ErrorDetail[] = [];
  for (const [at, each] of written.entries()) {
    const parsed = WebhookSettings.safeParse(each);
    // What is wrong in itself the schema of the file says.
    if (!parsed.success) continue;
    const mistake = (setting: string, code: string, detail: string): void =>
      void errors.push({ pointer: `${where}#/webhooks/${at}/${setting}`, code, detail });
    const { audience, secretFrom } = parsed.data;
    if (!audiences.some(({ id }) => id === audience)) mistake('audience', 'unknown-audience', `There is no audience ${audience}.`);
    if (env === undefined) continue;
    const secret = secretOf(env[secretFrom]);
    if (secret.kind === 'found') webhooks.push({ ...parsed.data, secret: secret.base64 });
    else mistake('secretFrom', secret.kind, `The environment variable ${secretFrom} ${secret.says}.`);
  }
  return { webhooks, errors };
}

type Secret =
  | { readonly kind: 'found'; readonly base64: string }
  | { readonly kind: 'missing-secret' | 'unusable-secret'; readonly says: string };

/** A secret as Standard Webhooks writes it: base64 of 24 to 64 bytes, usually after `whsec_`. */
function secretOf(text: string | undefined): Secret {
  if (text === undefined || text === '') return { kind: 'missing-secret', says: 'is not set' };
  const base64 = text.replace(/^whsec_/, '');
  const bytes = Buffer.from(base64, 'base64');
  const whole = bytes.toString('base64').replace(/=+$/, '') === base64.replace(/=+$/, '');
  if (whole && bytes.length >= 24 && bytes.length <= 64) return { kind: 'found', base64 };
  return { kind: 'unusable-secret', says: 'must hold 24 to 64 bytes as base64, with or without whsec_ before it' };
}
