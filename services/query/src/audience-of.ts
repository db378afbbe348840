import { ServiceError } from '@samenhang/runtime';
import type { FastifyRequest } from 'fastify';

/** The id of the audience that a request is answered for; throws when its key sees none. */
export function audienceOf(request: FastifyRequest): string {
  const audience = request.principal?.audience?.id;
  if (audience === undefined) throw new ServiceError('audience-forbidden', 'This key may not act for any audience.');
  return audience;
}
