import type { Audience } from '@samenhang/domain';
import { ServiceError } from '@samenhang/runtime';
import type { FastifyRequest } from 'fastify';

/** The audience that a request is answered for; throws when its key sees none. */
export function fullAudienceOf(request: FastifyRequest): Audience {
  const audience = request.principal?.audience;
  if (!audience) throw new ServiceError('audience-forbidden', 'This key may not act for any audience.');
  return audience;
}

/** The id of that audience. */
export const audienceOf = (request: FastifyRequest): string => fullAudienceOf(request).id;
