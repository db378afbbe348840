import { z } from 'zod';
import { isLoopback } from './is-loopback.ts';
import { Role } from './keys.ts';

/** Whoever can change what comes over the wire could hand us keys of their own. */
const SafeUrl = z
  .url()
  .refine((text) => URL.parse(text)?.protocol === 'https:' || isLoopback(URL.parse(text)?.hostname ?? ''), { message: 'must be https' });

export const OidcSettings = z.strictObject({
  issuer: z.url().describe('The issuer that tokens must name, to the letter.'),
  audience: z.string().min(1).describe('The audience that tokens must be for: this service as the issuer knows it.'),
  jwksUri: SafeUrl.describe(
    'Where the issuer publishes its keys (https, or this machine); fetched again when a token names a new one, at most twice a minute.',
  ),
  roleClaim: z
    .string()
    .min(1)
    .default('samenhang_role')
    .describe('Claim that holds the role, one word or a list; exactly one of its words must be a role.'),
  roles: z
    .record(z.string().min(1).max(200), Role)
    .default({})
    .describe('What words of that claim mean as roles, such as groups of the issuer. Without it the words are the roles themselves.'),
  audiencesClaim: z
    .string()
    .min(1)
    .default('samenhang_audiences')
    .describe('Claim that lists the audiences its holder may act for, or says "all".'),
  sourcesClaim: z
    .string()
    .min(1)
    .default('samenhang_sources')
    .describe('Claim that lists the sources an adapter may post for, or says "all".'),
});
/** The one OpenID Connect issuer whose tokens are taken besides our own keys. */
export type OidcSettings = z.infer<typeof OidcSettings>;
