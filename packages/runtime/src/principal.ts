import type { IncomingHttpHeaders } from 'node:http';
import type { Audience } from '@samenhang/domain';
import { ServiceError } from './errors.ts';
import type { KeyRing } from './key-ring.ts';
import { type Allowed, allows, type KeyRecord, keyPrefix, type Role } from './keys.ts';
import type { TokenVerifier } from './token-verifier.ts';

/** Who may use a route. */
export type Policy = 'anyone' | readonly Role[];

/** Who asks, and for whom: exactly one audience per request, or none for keys that see no audience. */
export interface Principal {
  /** The id of the key, or of the holder of the token. */
  readonly keyId: string;
  readonly name: string;
  readonly role: Role;
  readonly audience: Audience | null;
  /** Every audience it may act for, in the order of the configuration. */
  readonly audiences: readonly Audience[];
  /** The sources it may post for. */
  readonly sources: Allowed;
}

export interface Authority {
  readonly policy: readonly Role[];
  readonly keys: KeyRing;
  /** Takes tokens of an issuer besides keys. */
  readonly tokens: TokenVerifier | undefined;
  readonly audiences: readonly Audience[];
  /** Whether the key may also come as the password of HTTP Basic, as TAXII 2.1 wants. */
  readonly basic: boolean;
}

/** Larger than any token that an issuer gives; checking a signature over more is work that nobody known asked for. */
const mostCharacters = 8_192;
const bearer = /^Bearer ([A-Za-z0-9._~+/=-]+)$/i;
const basicScheme = /^Basic ([A-Za-z0-9+/=]+)$/i;

function secretOf(header: string | undefined, basic: boolean): string | undefined {
  if (header === undefined || header.length > mostCharacters) return undefined;
  const secret = bearer.exec(header)?.[1];
  if (secret !== undefined || !basic) return secret;
  const pair = Buffer.from(basicScheme.exec(header)?.[1] ?? '', 'base64').toString('utf8');
  return pair.includes(':') ? pair.slice(pair.indexOf(':') + 1) : undefined;
}

/** The audience a request is for: the one that the header names, otherwise the first of its own. A name that is not among these is refused alike whether it exists or not. */
function audienceFor(header: string | string[] | undefined, own: readonly Audience[]): Audience | null {
  if (header === undefined) return own[0] ?? null;
  const named = own.find(({ id }) => id === header);
  if (named === undefined)
    throw new ServiceError('audience-forbidden', 'This key may not act for the audience that Samenhang-Audience names.');
  return named;
}

type Holder = Pick<KeyRecord, 'id' | 'name' | 'role' | 'audiences' | 'sources'>;

async function holderOf(header: string | undefined, { keys, tokens, basic }: Authority): Promise<Holder | undefined> {
  const secret = secretOf(header, basic);
  if (secret === undefined) return undefined;
  return secret.startsWith(keyPrefix) || tokens === undefined ? keys.verify(secret) : await tokens(secret);
}

/** Who sent these headers; throws when nobody known did, or when this is not theirs to do. */
export async function authenticate(headers: IncomingHttpHeaders, authority: Authority): Promise<Principal> {
  const holder = await holderOf(headers.authorization, authority);
  if (holder === undefined) throw new ServiceError('unauthenticated', 'Send a valid token or key as "Authorization: Bearer ...".');
  if (!authority.policy.includes(holder.role)) throw new ServiceError('forbidden', `A key with the role ${holder.role} may not do that.`);
  const audiences = authority.audiences.filter(({ id }) => allows(holder.audiences, id));
  const audience = audienceFor(headers['samenhang-audience'], audiences);
  return { keyId: holder.id, name: holder.name, role: holder.role, audience, audiences, sources: holder.sources };
}
