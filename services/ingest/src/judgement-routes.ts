import { randomUUID } from 'node:crypto';
import {
  type Audience,
  type IncidentJudgement,
  isPairJudgement,
  isWithin,
  type Judgement,
  JudgementDraft,
  maySee,
  signalNamespace,
  uuidV5,
} from '@samenhang/domain';
import { isJudgementReceived, type JudgementReceived, topics } from '@samenhang/events';
import type { EventLog, ViewStore } from '@samenhang/ports';
import { type HttpApp, ServiceError } from '@samenhang/runtime';
import { z } from 'zod';
import type { ReceiptClock } from './receipt-clock.ts';
import { seenSignal } from './seen-signal.ts';
import { whoActs } from './who-acts.ts';

export interface JudgementDeps {
  readonly log: Pick<EventLog, 'append' | 'ends' | 'read'>;
  /** What the judge sees: only what is there can be judged. */
  readonly views: Pick<ViewStore, 'findSignal' | 'findIncident'>;
  readonly clock: ReceiptClock;
}

type AnyJudgement = Judgement | IncidentJudgement;

const Accepted = z.object({ id: z.uuid(), at: z.string(), status: z.literal('accepted') });
const judges = { roles: ['analyst', 'lead'] } as const;
const revisionPattern = /^"?(\d{1,15})"?$/;

/** `POST /v1/judgements` and `POST /v1/judgements/{id}/revoke`: answered once the judgement is durable. */
export function registerJudgementRoutes(app: HttpApp, deps: JudgementDeps): void {
  app.post(
    '/v1/judgements',
    {
      config: { ...judges, audit: 'judge' },
      schema: {
        summary: 'Judge two signals (same, not-same) or the incident that holds a signal',
        description:
          'With If-Match: "REVISION" it is taken only while the incident still has that revision. With Idempotency-Key the same judgement sent twice is one.',
        tags: ['judgements'],
        body: JudgementDraft,
        response: { 202: Accepted },
      },
    },
    async (request, reply) => {
      const { audience, name } = whoActs(request);
      await checkJudged(request.body, audience, request.headers['if-match'], deps);
      const id = idFor(request.headers['idempotency-key'], name);
      const judgement: AnyJudgement = { ...request.body, id, by: name, at: deps.clock.next(), revoked: false };
      return reply.code(202).send(await keep(judgement, deps));
    },
  );
  app.post(
    '/v1/judgements/:id/revoke',
    {
      config: { ...judges, audit: 'revoke' },
      schema: {
        summary: 'Take a judgement back: its author may, and a lead',
        tags: ['judgements'],
        params: z.strictObject({ id: z.uuid() }),
        body: z.strictObject({ reason: z.string().max(2_000).default('') }),
        response: { 202: Accepted },
      },
    },
    async (request, reply) => {
      const { audience, name, role } = whoActs(request);
      const known = await findJudgement(request.params.id.toLowerCase(), deps);
      if (known === undefined || !maySee(audience, known.marking))
        throw new ServiceError('not-found', 'There is no judgement with this id.');
      if (known.by !== name && role !== 'lead') throw new ServiceError('forbidden', 'Only its author or a lead may revoke a judgement.');
      return reply.code(202).send(await keep({ ...known, reason: request.body.reason, at: deps.clock.next(), revoked: true }, deps));
    },
  );
}

const idFor = (key: string | string[] | undefined, judge: string): string =>
  typeof key === 'string' ? uuidV5(signalNamespace, JSON.stringify(['judgement', judge, key])) : randomUUID();

/** Throws unless the judge sees all that is judged, the judgement is shown no more widely than that, and the incident is as it was read. */
async function checkJudged(
  draft: JudgementDraft,
  audience: Audience,
  ifMatch: string | undefined,
  { views }: JudgementDeps,
): Promise<void> {
  const ids = 'about' in draft ? [draft.about] : [draft.a, draft.b];
  const signals = await Promise.all(ids.map((id) => seenSignal(id, audience.id, views)));
  if (!maySee(audience, draft.marking) || !signals.every(({ signal }) => isWithin(draft.marking, signal.marking)))
    throw new ServiceError('judgement-too-open', 'The marking of a judgement must cover what it is about and be seen by its author.', {
      errors: [
        { pointer: '/marking', code: 'too-open', detail: 'is less restricted than a judged signal, or beyond the audience of the judge' },
      ],
    });
  if (ifMatch === undefined) return;
  const revision = revisionPattern.exec(ifMatch)?.[1];
  for (const { incidentId } of signals) {
    const incident = incidentId === null ? undefined : await views.findIncident(audience.id, incidentId);
    if (String(incident?.summary?.revision) !== revision)
      throw new ServiceError('incident-changed', `The incident has revision ${incident?.summary?.revision ?? 'none'} now.`);
  }
}

async function keep(judgement: AnyJudgement, { log }: JudgementDeps) {
  const lowered: AnyJudgement = isPairJudgement(judgement)
    ? { ...judgement, a: judgement.a.toLowerCase(), b: judgement.b.toLowerCase() }
    : { ...judgement, about: judgement.about.toLowerCase() };
  const value: JudgementReceived = { judgement: lowered };
  await log.append(topics.judgementsReceived.name, [{ key: judgement.id, value }]);
  return { id: judgement.id, at: judgement.at, status: 'accepted' as const };
}

/** The newest word about a judgement. Judgements are made by hand: reading them all is quick, and revoking is rare. */
async function findJudgement(id: string, { log }: JudgementDeps): Promise<AnyJudgement | undefined> {
  const topic = topics.judgementsReceived.name;
  let newest: AnyJudgement | undefined;
  for (const partition of (await log.ends(topic)).keys()) {
    for await (const records of log.read({ topic, partition, offset: 0 })) {
      for (const { value } of records) if (isJudgementReceived(value) && value.judgement.id === id) newest = value.judgement;
    }
  }
  return newest;
}
