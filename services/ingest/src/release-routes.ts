import { randomUUID } from 'node:crypto';
import { canonicalJson, type IncidentJudgement, isWithin, Marking, maySee, type Signal } from '@samenhang/domain';
import { type JudgementReceived, topics } from '@samenhang/events';
import type { EventLog, ViewStore } from '@samenhang/ports';
import { type HttpApp, ServiceError, type StageCounters } from '@samenhang/runtime';
import { z } from 'zod';
import { acceptItems } from './accept-items.ts';
import type { Acceptor } from './acceptor.ts';
import { postedAgain } from './posted-again.ts';
import type { ReceiptClock } from './receipt-clock.ts';
import { seenSignal } from './seen-signal.ts';
import { type Acting, whoActs } from './who-acts.ts';

export interface ReleaseDeps {
  readonly acceptor: Acceptor;
  readonly counters: StageCounters;
  readonly log: Pick<EventLog, 'append'>;
  /** What the lead sees: only what is there can be released. */
  readonly views: Pick<ViewStore, 'findSignal'>;
  readonly clock: ReceiptClock;
}

const Release = z.strictObject({
  marking: Marking.describe('Who may see it from now on: everyone who could, and more.'),
  reason: z.string().min(1).max(2_000).describe('Why; kept as a note that those see who could see the signal before.'),
});
type Release = z.infer<typeof Release>;

const Released = z.object({ id: z.uuid(), revision: z.int(), status: z.literal('accepted') });

/** `POST /v1/signals/{id}/release`: answered once the signal is durable with its wider marking. */
export function registerReleaseRoute(app: HttpApp, deps: ReleaseDeps): void {
  app.post(
    '/v1/signals/:id/release',
    {
      config: { roles: ['lead'], audit: 'release' },
      schema: {
        summary: 'Release a signal to more readers: the same content, as its next revision, under a wider marking',
        description:
          'Its source has the last word: a later revision that it posts carries the marking that the source gives it. Nothing of an exercise can be released into the real picture.',
        tags: ['signals'],
        params: z.strictObject({ id: z.uuid() }),
        body: Release,
        response: { 202: Released },
      },
    },
    async (request, reply) => {
      const acting = whoActs(request);
      const { signal } = await seenSignal(request.params.id, acting.audience.id, deps.views);
      checkRelease(signal.marking, request.body.marking, acting);
      await note(signal, request.body, acting, deps);
      return reply.code(202).send(await release(signal, request.body.marking, request.traced?.headers ?? {}, deps));
    },
  );
}

/** Throws unless everyone who may see what is marked so may see it afterwards, and others too, the one who releases it among them. */
function checkRelease(marking: Marking, wider: Marking, { audience }: Acting): void {
  const opens = isWithin(marking, wider) && canonicalJson(marking) !== canonicalJson(wider);
  if (opens && marking.exercise === wider.exercise && maySee(audience, wider)) return;
  throw new ServiceError('release-not-wider', 'A release lets everyone see it who could, and more, and stays in its exercise.', {
    errors: [{ pointer: '/body/marking', code: 'not-wider', detail: 'is not wider than the marking that the signal has now' }],
  });
}

/** Keeps who releases what to whom and why before it is done, for those who could see it. */
async function note(signal: Signal, { marking, reason }: Release, { name }: Acting, { log, clock }: ReleaseDeps): Promise<void> {
  const text = `Released to TLP:${marking.tlp.toUpperCase()}${(marking.communities ?? []).map((community) => ` ${community}`).join(',')}.`;
  const judgement: IncidentJudgement = {
    kind: 'note',
    about: signal.id,
    text,
    reason,
    marking: signal.marking,
    id: randomUUID(),
    by: name,
    at: clock.next(),
    revoked: false,
  };
  const value: JudgementReceived = { judgement };
  await log.append(topics.judgementsReceived.name, [{ key: judgement.id, value }]);
}

async function release(signal: Signal, marking: Marking, trace: Readonly<Record<string, string>>, deps: ReleaseDeps) {
  const posted = { ...postedAgain(signal), revision: signal.revision + 1, marking };
  const [outcome] = await acceptItems([{ kind: 'signal', posted }], { ...deps, trace });
  if (outcome?.status === 'rejected') throw new ServiceError(outcome.refusal.code, outcome.refusal.detail);
  return { id: signal.id, revision: posted.revision, status: 'accepted' as const };
}
