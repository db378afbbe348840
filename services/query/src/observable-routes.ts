import { normaliseObservable } from '@samenhang/domain';
import type { StoredSignal, ViewStore } from '@samenhang/ports';
import { ServiceError } from '@samenhang/runtime';
import { z } from 'zod';
import { answer } from './answer.ts';
import { audienceOf } from './audience-of.ts';
import { findListed, memberOf, withIncluded } from './incident-document.ts';
import type { RegisterRoutes } from './query-deps.ts';
import { readers } from './readers.ts';
import { ObservableDocument } from './schemas.ts';

/** Signals that are looked up for one observable; a value that more hold says little. */
const mostSignals = 500;

const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((value) => value.isWellFormed() && !/\p{Cc}/u.test(value), { message: 'holds a control character or half a surrogate pair' });

/** `GET /v1/observables/{type}/{value}`. */
export const registerObservableRoutes: RegisterRoutes = (app, { store }) => {
  app.get(
    '/v1/observables/:type/:value',
    {
      config: readers,
      schema: {
        summary: `The signals (at most ${mostSignals}, by id) and incidents that hold an observable, however it is written`,
        tags: ['observables'],
        params: z.strictObject({ type: text(64), value: text(4_096) }),
        querystring: z.strictObject({}),
        response: { 200: ObservableDocument },
      },
    },
    async (request, reply) => {
      const audience = audienceOf(request);
      const observable = normaliseObservable(request.params);
      const found = await store.findByObservable(audience, observable, mostSignals);
      // In the words of an address that was never there: what others hold is not told apart from what nobody does.
      if (found.length === 0) throw new ServiceError('not-found', 'No signal holds this observable.');
      return answer(request, reply, {
        ...observable,
        signals: found.flatMap(signalLine),
        incidents: await incidentsOf(store, audience, found),
      });
    },
  );
};

function signalLine(found: StoredSignal) {
  const member = memberOf(found);
  return member === undefined ? [] : [{ ...member, incidentId: found.membership?.incidentId ?? null }];
}

async function incidentsOf(store: ViewStore, audience: string, found: readonly StoredSignal[]) {
  const ids = [...new Set(found.flatMap(({ membership }) => membership?.incidentId ?? []))].sort();
  const known = await Promise.all(ids.map((id) => findListed(store, audience, id)));
  return withIncluded(
    store,
    audience,
    known.filter((incident) => incident !== undefined),
    { members: false, links: false },
  );
}
