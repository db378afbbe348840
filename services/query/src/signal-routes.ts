import type { StoredSignal } from '@samenhang/ports';
import { ServiceError } from '@samenhang/runtime';
import { answer } from './answer.ts';
import { audienceOf } from './audience-of.ts';
import { IdParameter, NoQuery } from './parameters.ts';
import { RecallDocument } from './part-schemas.ts';
import type { RegisterRoutes } from './query-deps.ts';
import { readers } from './readers.ts';
import { recallOf } from './recall.ts';
import { SignalDocument } from './schemas.ts';

/** `GET /v1/signals/{id}` and its recall list. */
export const registerSignalRoutes: RegisterRoutes = (app, { store }) => {
  app.get(
    '/v1/signals/:id',
    {
      config: readers,
      schema: {
        summary: 'A signal as received, what was added to it, and when it went through',
        tags: ['signals'],
        params: IdParameter,
        querystring: NoQuery,
        response: { 200: SignalDocument },
      },
    },
    async (request, reply) => {
      const found = await store.findSignal(audienceOf(request), request.params.id.toLowerCase());
      if (found === undefined) throw new ServiceError('not-found', 'There is no signal with this id.');
      return answer(request, reply, signalDocument(found));
    },
  );
  app.get(
    '/v1/signals/:id/recall',
    {
      config: readers,
      schema: {
        summary: 'Every incident that ever held the signal: whom to tell when it was taken back',
        tags: ['signals'],
        params: IdParameter,
        querystring: NoQuery,
        response: { 200: RecallDocument },
      },
    },
    async (request, reply) => answer(request, reply, await recallOf(store, audienceOf(request), request.params.id.toLowerCase())),
  );
};

function signalDocument({ signal, enrichment, enrichedAt, queryableAt, membership }: StoredSignal) {
  if (signal === null || enrichment === null) throw new ServiceError('gone', 'This signal was retracted or withdrawn.');
  const { version, language, mentions, observables, common = [] } = enrichment;
  const correlatedAt = membership?.correlatedAt ?? null;
  return {
    ...signal,
    enrichment: { version, language, mentions, observables, common },
    trace: {
      receivedAt: signal.receivedAt,
      enrichedAt,
      correlatedAt,
      queryableAt: correlatedAt === null ? null : later(queryableAt, correlatedAt),
      incidentId: membership?.incidentId ?? null,
    },
  };
}

const later = (a: string, b: string): string => (a > b ? a : b);
