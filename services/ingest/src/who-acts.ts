import type { Audience } from '@samenhang/domain';
import { type Principal, ServiceError } from '@samenhang/runtime';

/** Who decides something, for which audience. */
export interface Acting {
  /** The name and id of the key, or of the holder of the token. */
  readonly name: string;
  readonly role: Principal['role'];
  readonly audience: Audience;
}

/** Who sent a request that acts for an audience; throws 403 when it may act for none. */
export function whoActs({ principal }: { readonly principal: Principal | null }): Acting {
  if (!principal?.audience) throw new ServiceError('audience-forbidden', 'This key may not act for any audience.');
  return { name: `${principal.name}/${principal.keyId}`, role: principal.role, audience: principal.audience };
}
