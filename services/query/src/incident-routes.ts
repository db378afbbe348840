import type { Link } from '@samenhang/domain';
import { incidentSortKey, type ViewStore } from '@samenhang/ports';
import { answer } from './answer.ts';
import { createAtMoment } from './at-moment.ts';
import { audienceOf } from './audience-of.ts';
import { writeCursor } from './cursor.ts';
import { facetsOf } from './facets.ts';
import { withIncluded } from './incident-document.ts';
import { conditionOf, IncidentParameters, pageOf, questionOf } from './incident-filter.ts';
import { AsOfQuery, IdParameter } from './parameters.ts';
import { positionAt } from './position-at.ts';
import type { QueryDeps, RegisterRoutes } from './query-deps.ts';
import { readers } from './readers.ts';
import { resolveIncident } from './resolve-incident.ts';
import { IncidentDetail, IncidentPage } from './schemas.ts';
import { splitsBy } from './splits-by.ts';

/** `GET /v1/incidents` and `GET /v1/incidents/{id}`. */
export const registerIncidentRoutes: RegisterRoutes = (app, deps) => {
  const atMoment = createAtMoment(deps);
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
    async (request, reply) => {
      const page = await atMoment({ request, reply, asOf: request.query.asOf }, (store) =>
        listOf({ ...deps, store }, audienceOf(request), request.query),
      );
      return answer(request, reply, page);
    },
  );
  app.get(
    '/v1/incidents/:id',
    {
      config: readers,
      schema: {
        summary:
          'One incident with its members, links and their evidence; an id that has moved gives the incident that now holds its anchor',
        tags: ['incidents'],
        params: IdParameter,
        querystring: AsOfQuery,
        response: { 200: IncidentDetail },
      },
    },
    async (request, reply) => {
      const detail = await atMoment({ request, reply, asOf: request.query.asOf }, (store) =>
        detailOf({ ...deps, store }, audienceOf(request), request.params.id.toLowerCase()),
      );
      return answer(request, reply, detail);
    },
  );
};

async function listOf({ store, log, audiences }: QueryDeps, audience: string, parameters: IncidentParameters) {
  const partition = audiences.findIndex(({ id }) => id === audience);
  const condition = await conditionOf(audience, parameters, (instantMs) => positionAt(log, partition, instantMs));
  const found = await store.listIncidents(pageOf(condition, parameters));
  const shown = found.slice(0, parameters.limit);
  const last = found.length > parameters.limit ? shown.at(-1) : undefined;
  const include = { members: parameters.include.includes('members'), links: parameters.include.includes('links') };
  return {
    items: await withIncluded(store, audience, shown, include),
    next:
      last === undefined
        ? null
        : writeCursor(questionOf(audience, parameters), { key: incidentSortKey(last, parameters.sort), id: last.id }),
    ...(parameters.facets.length === 0 ? {} : facetsOf(await store.countFacets(condition), parameters.facets)),
  };
}

async function detailOf({ store, rulesetOf }: QueryDeps, audience: string, id: string) {
  const found = await resolveIncident(store, audience, id);
  const [[incident], known] = await Promise.all([
    withIncluded(store, audience, [found], { members: true, links: true }),
    store.findIncident(audience, found.id),
  ]);
  const members = incident?.members ?? [];
  const links = incident?.links ?? [];
  return {
    ...incident,
    members,
    links,
    possibleLinks: await possibleLinksOf(store, audience, links),
    lineage: known?.lineage ?? [],
    counterfactuals: splitsBy(rulesetOf(audience), members, links),
  };
}

async function possibleLinksOf(store: ViewStore, audience: string, links: readonly Link[]) {
  const possible = links.filter(({ kind }) => kind === 'possible');
  const found = await store.findSignals(audience, [...new Set(possible.flatMap(({ a, b }) => [a, b]))]);
  const holder = new Map(found.map(({ id, membership }) => [id, membership?.incidentId ?? null]));
  return possible.map((link) => ({ ...link, incidents: [holder.get(link.a) ?? null, holder.get(link.b) ?? null] }));
}
