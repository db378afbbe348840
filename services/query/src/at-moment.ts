import { parseTime } from '@samenhang/domain';
import type { ViewStore } from '@samenhang/ports';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createAsOf } from './as-of.ts';
import { fullAudienceOf } from './audience-of.ts';
import { isPosition } from './parameters.ts';
import { positionAt } from './position-at.ts';
import type { QueryDeps } from './query-deps.ts';

interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** A position of the audience's log, or the instant, day, month or year at whose end the answer is to be true; now without it. */
  readonly asOf?: string | undefined;
}

/** Lets a question read the views as they are, or as they were. */
export type AtMoment = <T>(asked: Asked, use: (store: ViewStore) => Promise<T>) => Promise<T>;

/** Answers from the store, or from one in which the past is worked out again; that ends when the client goes away. */
export function createAtMoment(deps: QueryDeps): AtMoment {
  const { reading } = createAsOf(deps);
  return async ({ request, reply, asOf }, use) => {
    if (asOf === undefined) return use(deps.store);
    const audience = fullAudienceOf(request);
    const partition = deps.audiences.findIndex(({ id }) => id === audience.id);
    const position = isPosition(asOf) ? Number(asOf) : (await positionAt(deps.log, partition, endOf(asOf) + 1)) - 1;
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    return reading({ audience, partition, position }, gone.signal, use);
  };
}

const endOf = (text: string): number => parseTime(text)?.endMs ?? Number.NaN;
