import type { IncomingHttpHeaders } from 'node:http';
import type { Audience } from '@samenhang/domain';
import { ServiceError } from './errors.ts';
import type { KeyRing } from './key-ring.ts';
import { type Allowed, allows, type Role } from './keys.ts';

/** Who may use a route. */
export type Policy = 'anyone' | readonly Role[];

/** Who asks, and for whom: exactly one audience per request, or none for keys that see no audience. */
export interface Principal {
  readonly keyId: string;
  readonly name: string;
  readonly role: Role;
  readonly audience: Audience | null;
  /** The sources it may post for. */
  readonly sources: Allowed;
}

export interface Authority {
  readonly policy: readonly Role[];
  readonly keys: KeyRing;
  readonly audiences: readonly Audience[];
}

const bearer = /^Bearer ([A-Za-z0-9_-]{1,200})$/i;

/** The audience a request is for: the one that the header names, otherwise the first of the key. A name that is not the key's is refused alike whether it exists or not. */
function audienceFor(header: string | string[] | undefined, allowed: Allowed, audiences: readonly Audience[]): Audience | null {
  const own = audiences.filter(({ id }) => allows(allowed, id));
  if (header === undefined) return own[0] ?? null;
  const named = own.find(({ id }) => id === header);
  if (named === undefined)
    throw new ServiceError('audience-forbidden', 'This key may not act for the audience that Samenhang-Audience names.');
  return named;
}

/** Who sent these headers; throws when nobody known did, or when this is not theirs to do. */
export function authenticate(headers: IncomingHttpHeaders, { policy, keys, audiences }: Authority): Principal {
  const key = bearer.exec(headers.authorization ?? '')?.[1];
  const record = key === undefined ? undefined : keys.verify(key);
  if (record === undefined) throw new ServiceError('unauthenticated', 'Send a valid key as "Authorization: Bearer KEY".');
  if (!policy.includes(record.role)) throw new ServiceError('forbidden', `A key with the role ${record.role} may not do that.`);
  const audience = audienceFor(headers['samenhang-audience'], record.audiences, audiences);
  return { keyId: record.id, name: record.name, role: record.role, audience, sources: record.sources };
}
