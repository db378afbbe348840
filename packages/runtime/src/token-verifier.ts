import { hash } from 'node:crypto';
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
import { Allowed, Role } from './keys.ts';
import type { OidcSettings } from './oidc-settings.ts';

/** Who a token speaks for. */
export interface TokenHolder {
  /** Tells one subject of the issuer from every other; no key has such an id. */
  readonly id: string;
  /** The subject as the issuer names it, at most 120 characters of it. */
  readonly name: string;
  readonly role: Role;
  readonly audiences: Allowed;
  readonly sources: Allowed;
}

/** Signatures by public keys only: a shared-secret algorithm would let anyone who knows the public key sign (RFC 8725 section 3.1). */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];

/** Headers by which a token would bring its own key or rules; none is ever followed (RFC 8725 section 3.10). */
const foreignHeaders = ['jku', 'jwk', 'x5u', 'x5c', 'crit'];

export type TokenVerifier = (token: string) => Promise<TokenHolder>;

/** The issuer's published keys, fetched over HTTP and kept; a key id that is not known has them fetched again, but not within the cool-down after a fetch. */
export const remoteKeys = (jwksUri: string, cooldownMs = 30_000): JWTVerifyGetKey =>
  createRemoteJWKSet(new URL(jwksUri), { cooldownDuration: cooldownMs, timeoutDuration: 5_000, cacheMaxAge: 600_000 });

/** Keys that are given: for tests and for issuers without an address. */
export const givenKeys = createLocalJWKSet;

/**
 * Verifies tokens of one issuer for one audience. Throws `unauthenticated` for any that is not exactly right, without saying what was wrong with it, and
 * `issuer-unavailable` when the issuer's keys cannot be had.
 */
export function createTokenVerifier(settings: OidcSettings, keys: JWTVerifyGetKey = remoteKeys(settings.jwksUri)): TokenVerifier {
  const known = keysOrUnavailable(keys);
  return async (token) => {
    try {
      const header = decodeProtectedHeader(token);
      if (foreignHeaders.some((name) => name in header)) throw new errors.JWTInvalid('a header that is not followed');
      const { payload } = await jwtVerify(token, known, {
        issuer: settings.issuer,
        audience: settings.audience,
        algorithms,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: 30,
      });
      return holderOf(payload, settings);
    } catch (cause) {
      if (cause instanceof ServiceError) throw cause;
      throw new ServiceError('unauthenticated', 'Send a valid token or key as "Authorization: Bearer ...".', { cause });
    }
  };
}

/** That a key is not among the issuer's is the fault of the token; that they cannot be read is not. */
function keysOrUnavailable(keys: JWTVerifyGetKey): JWTVerifyGetKey {
  const ofToken = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported, errors.JOSEAlgNotAllowed];
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (cause) {
      if (ofToken.some((kind) => cause instanceof kind)) throw cause;
      throw new ServiceError('issuer-unavailable', 'The keys of the token issuer cannot be read.', { cause });
    }
  };
}

const Words = z.union([z.string().max(200), z.array(z.string().max(200)).max(1_000)]);

function holderOf(payload: JWTPayload, settings: OidcSettings): TokenHolder {
  const subject = z.string().min(1).max(1_000).parse(payload.sub);
  return {
    id: `oidc-${hash('sha256', JSON.stringify([settings.issuer, subject]), 'hex').slice(0, 16)}`,
    name: subject.slice(0, 120),
    role: roleOf(payload[settings.roleClaim], settings.roles),
    audiences: Allowed.default([]).parse(payload[settings.audiencesClaim]),
    sources: Allowed.default([]).parse(payload[settings.sourcesClaim]),
  };
}

/** Throws unless the claim's words come to exactly one role: of two, none is guessed. */
function roleOf(claim: unknown, meanings: OidcSettings['roles']): Role {
  const told = Words.parse(claim);
  const table = new Map(Object.entries(meanings));
  const meant = (typeof told === 'string' ? [told] : told).flatMap((word) => {
    const role = Role.safeParse(table.size === 0 ? word : table.get(word));
    return role.success ? [role.data] : [];
  });
  const [role, other] = new Set(meant);
  if (role === undefined || other !== undefined) throw new errors.JWTInvalid('not exactly one role');
  return role;
}
