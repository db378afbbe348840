import { z } from 'zod';
import { isLoopback } from './is-loopback.ts';

/** Whoever can read what goes over the wire learns which incidents an audience has. */
function mayBePostedTo(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

export const WebhookSettings = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .describe('How it is called in metrics, logs and rejected messages. A new name is told everything from the beginning.'),
  audience: z.string().min(1).describe('The audience of whose incidents it is told; one of `audiences`.'),
  url: z
    .url()
    .max(2_000)
    .refine(mayBePostedTo, { message: 'must be https (or http on this machine), without a user or password' })
    .describe('Where it is posted to: https, or http on this machine. Redirects are not followed.'),
  secretFrom: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{0,99}$/)
    .describe('Environment variable with the secret that signs: 24 to 64 bytes as base64, with or without `whsec_` before it.'),
  minSize: z.int().min(1).max(1_000_000).default(2).describe('Least number of reports of an incident before it is told of.'),
  giveUpAfterMinutes: z
    .int()
    .min(1)
    .max(10_080)
    .default(60)
    .describe('So long one event is tried before it is put aside as rejected and the next one is tried.'),
});
/** Somebody who is told of changed incidents, as it is configured; holds no secret. */
export type WebhookSettings = z.infer<typeof WebhookSettings>;

/** A webhook with the secret that signs what is posted to it, as base64. */
export interface Webhook extends WebhookSettings {
  readonly secret: string;
}
