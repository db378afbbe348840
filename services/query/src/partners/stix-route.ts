import type { IncidentSummary } from '@samenhang/domain';
import { mayLeave, toStixBundle } from '@samenhang/formats';
import type { StoredSignal } from '@samenhang/ports';
import { type HttpApp, ServiceError } from '@samenhang/runtime';
import { z } from 'zod';
import { answerBytes } from '../answer.ts';
import { audienceOf } from '../audience-of.ts';
import { resolveIncident } from '../resolve-incident.ts';
import type { About } from './catalogue-entry.ts';
import { exportedIn } from './exported-in.ts';
import { exporters } from './exporters.ts';
import { stixType } from './taxii-protocol.ts';
import type { PartnerDeps } from './taxii-routes.ts';

/** `GET /v1/incidents/{id}/stix`: an incident with its reports, links and judgements as one STIX 2.1 bundle, if it may leave. */
export function registerStixRoute(app: HttpApp, { store, ledger, now }: PartnerDeps): void {
  app.get(
    '/v1/incidents/:id/stix',
    {
      config: { ...exporters, audit: 'export' },
      schema: {
        summary: 'An incident as a STIX 2.1 bundle; nothing above TLP amber leaves',
        tags: ['incidents'],
        params: z.strictObject({ id: z.uuid() }),
        querystring: z.strictObject({}),
      },
    },
    async (request, reply) => {
      const audience = audienceOf(request);
      const summary = await resolveIncident(store, audience, request.params.id.toLowerCase());
      const incident = { ...summary, judgements: summary.judgements.filter(({ marking }) => mayLeave(marking)) };
      const [members, links] = [
        await store.findSignals(audience, await store.members(audience, summary.id)),
        await store.links(audience, summary.id),
      ];
      const signals = members.flatMap(({ signal }: StoredSignal) => signal ?? []);
      if (!signals.every(({ marking }) => mayLeave(marking)) || !mayBeTold(summary))
        throw new ServiceError('export-forbidden', 'This incident holds something above TLP amber.');
      const about = [
        ...signals.map(({ id, revision }): About => ({ kind: 'signal', id, revision })),
        { kind: 'incident', id: summary.id, revision: summary.revision } as const,
      ];
      await ledger.record(
        exportedIn(
          about.map((one) => ({ about: one })),
          request,
          { audience, how: 'stix', nowMs: now() },
        ),
      );
      const bundle = toStixBundle({ signals, incident, links: links.filter(({ kind }) => kind === 'link') });
      return answerBytes(request, reply, { type: stixType, body: Buffer.from(JSON.stringify(bundle)) });
    },
  );
}

/** Its own marking, and those of judgements that shaped what it says. */
const mayBeTold = ({ marking, judgements }: IncidentSummary): boolean =>
  mayLeave(marking) && judgements.every((one) => (one.kind !== 'status' && one.kind !== 'severity') || mayLeave(one.marking));
