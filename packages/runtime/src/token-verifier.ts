import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { z } from 'zod';
import { ServiceError } from './errors.ts';
import { Role } from './keys.ts';

export const OidcSettings = z.strictObject({
  issuer: z.url().describe('The issuer that tokens must name.'),
  audience: z.string().min(1).describe('The audience that tokens must be for: this service as the issuer knows it.'),
  jwksUri: z.url().describe('Where the issuer publishes its keys; fetched when a key is new, at most twice a minute.'),
  roleClaim: z.string().min(1).default('samenhang_role').describe('Claim that holds the role: adapter, analyst, lead or operator.'),
  audiencesClaim: z.string().min(1).default('samenhang_audiences').describe('Claim that lists the audiences a person may act for.'),
  sourcesClaim: z.string().min(1).default('samenhang_sources').describe('Claim that lists the sources an adapter may post for.'),
});
/** The one OpenID Connect issuer whose tokens are taken besides our own keys. */
export type OidcSettings = z.infer<typeof OidcSettings>;

/** Who a token speaks for. */
export interface TokenHolder {
  readonly subject: string;
  readonly role: Role;
  readonly audiences: readonly string[];
  readonly sources: readonly string[];
}

/** Signatures by public keys only: a shared-secret algorithm would let anyone who knows the public key sign (RFC 8725 section 3.1). */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];

/** Headers by which a token would bring its own key or rules; none is ever followed (RFC 8725 section 3.10). */
const foreignHeaders = ['jku', 'jwk', 'x5u', 'x5c', 'crit'];

const Names = z.array(z.string().min(1).max(200)).max(1_000);

export type TokenVerifier = (token: string) => Promise<TokenHolder>;

/** The issuer's published keys, fetched over HTTP and kept; a key id that is not known has them fetched again. */
export const remoteKeys = (jwksUri: string): JWTVerifyGetKey =>
  createRemoteJWKSet(new URL(jwksUri), { cooldownDuration: 30_000, timeoutDuration: 5_000, cacheMaxAge: 600_000 });

/** Keys that are given: for tests and for issuers without an address. */
export const givenKeys = createLocalJWKSet;

/** Verifies tokens of one issuer for one audience; throws `unauthenticated` for any that is not exactly right, without saying what was wrong with it. */
export function createTokenVerifier(settings: OidcSettings, keys: JWTVerifyGetKey = remoteKeys(settings.jwksUri)): TokenVerifier {
  return async (token) => {
    try {
      const header = decodeProtectedHeader(token);
      if (foreignHeaders.some((name) => name in header)) throw new errors.JWTInvalid('a header that is not followed');
      const { payload } = await jwtVerify(token, keys, {
        issuer: settings.issuer,
        audience: settings.audience,
        algorithms,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: 30,
      });
      return holderOf(payload, settings);
    } catch (cause) {
      if (cause instanceof errors.JWKSTimeout) throw new ServiceError('issuer-unavailable', 'The token issuer does not answer.', { cause });
      throw new ServiceError('unauthenticated', 'Send a valid token or key as "Authorization: Bearer ...".', { cause });
    }
  };
}

function holderOf(payload: JWTPayload, settings: OidcSettings): TokenHolder {
  return {
    subject: z.string().min(1).max(200).parse(payload.sub),
    role: Role.parse(payload[settings.roleClaim]),
    audiences: Names.default([]).parse(payload[settings.audiencesClaim]),
    sources: Names.default([]).parse(payload[settings.sourcesClaim]),
  };
}
