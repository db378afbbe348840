import type { IncidentSummary, Link } from '@samenhang/domain';
import { incidentSortKey, type ViewStore } from '@samenhang/ports';
import { ServiceError } from '@samenhang/runtime';
import { z } from 'zod';
import { answer } from './answer.ts';
import { audienceOf } from './audience-of.ts';
import { writeCursor } from './cursor.ts';
import { withIncluded } from './incident-document.ts';
import { IncidentParameters, incidentQueryOf, questionOf } from './incident-filter.ts';
import type { QueryDeps, RegisterRoutes } from './query-deps.ts';
import { readers } from './readers.ts';
import { IncidentDetail, IncidentPage } from './schemas.ts';
import { splitsBy } from './splits-by.ts';

/** `GET /v1/incidents` and `GET /v1/incidents/{id}`. */
export const registerIncidentRoutes: RegisterRoutes = (app, deps) => {
  app.get(
    '/v1/incidents',
    {
      config: readers,
      schema: {
        summary: 'Incidents, filtered and ordered, a page at a time',
        tags: ['incidents'],
        querystring: IncidentParameters,
        response: { 200: IncidentPage },
      },
    },
    async (request, reply) => answer(request, reply, await pageOf(deps, audienceOf(request), request.query)),
  );
  app.get(
    '/v1/incidents/:id',
    {
      config: readers,
      schema: {
        summary:
          'One incident with its members, links and their evidence; an id that has moved gives the incident that now holds its anchor',
        tags: ['incidents'],
        params: z.strictObject({ id: z.uuid() }),
        querystring: z.strictObject({}),
        response: { 200: IncidentDetail },
      },
    },
    async (request, reply) => answer(request, reply, await detailOf(deps, audienceOf(request), request.params.id.toLowerCase())),
  );
};

async function pageOf({ store }: QueryDeps, audience: string, parameters: IncidentParameters) {
  const found = await store.listIncidents(incidentQueryOf(audience, parameters));
  const shown = found.slice(0, parameters.limit);
  const last = found.length > parameters.limit ? shown.at(-1) : undefined;
  const include = { members: parameters.include.includes('members'), links: parameters.include.includes('links') };
  return {
    items: await withIncluded(store, audience, shown, include),
    next:
      last === undefined
        ? null
        : writeCursor(questionOf(audience, parameters), { key: incidentSortKey(last, parameters.sort), id: last.id }),
  };
}

async function detailOf({ store, rulesetOf }: QueryDeps, audience: string, id: string) {
  const summary = await resolveIncident(store, audience, id);
  const [[incident], known] = await Promise.all([
    withIncluded(store, audience, [summary], { members: true, links: true }),
    store.findIncident(audience, summary.id),
  ]);
  const members = incident?.members ?? [];
  const links = incident?.links ?? [];
  return {
    ...summary,
    members,
    links,
    possibleLinks: await possibleLinksOf(store, audience, links),
    lineage: known?.lineage ?? [],
    counterfactuals: splitsBy(rulesetOf(audience), members, links),
  };
}

/** The incident of this id, or the one that now holds the signal it was named for; throws 410 when that signal is no more, 404 when neither was ever known. */
async function resolveIncident(store: ViewStore, audience: string, id: string): Promise<IncidentSummary> {
  const known = await store.findIncident(audience, id);
  if (known?.summary) return known.summary;
  const anchor = await store.findSignal(audience, id);
  const holder = anchor?.membership?.incidentId ?? null;
  const held = holder === null ? undefined : await store.findIncident(audience, holder);
  if (held?.summary) return held.summary;
  if (anchor !== undefined && anchor.signal === null) throw new ServiceError('gone', goneBecause(known?.lineage.at(-1)?.incidents ?? []));
  throw new ServiceError('not-found', 'There is no incident with this id.');
}

function goneBecause(incidents: readonly string[]): string {
  const successors = incidents.length === 0 ? '' : ` What it held is in ${incidents.join(', ')}.`;
  return `The signal that gave this incident its id was retracted or withdrawn.${successors}`;
}

async function possibleLinksOf(store: ViewStore, audience: string, links: readonly Link[]) {
  const possible = links.filter(({ kind }) => kind === 'possible');
  const found = await store.findSignals(audience, [...new Set(possible.flatMap(({ a, b }) => [a, b]))]);
  const holder = new Map(found.map(({ id, membership }) => [id, membership?.incidentId ?? null]));
  return possible.map((link) => ({ ...link, incidents: [holder.get(link.a) ?? null, holder.get(link.b) ?? null] }));
}
