import { hybridReach } from '@samenhang/domain';
import type { ListedIncident, ViewStore } from '@samenhang/ports';
import { ServiceError } from '@samenhang/runtime';
import { answer } from './answer.ts';
import { createAtMoment } from './at-moment.ts';
import { audienceOf } from './audience-of.ts';
import { graphOf } from './incident-graph.ts';
import { timelineOf } from './incident-timeline.ts';
import { AsOfQuery, IdParameter } from './parameters.ts';
import { GraphDocument, LineageAnswer, PossibleAnswer, SimilarAnswer, TimelineDocument } from './part-schemas.ts';
import { possibleJoins } from './possible-links.ts';
import type { RegisterRoutes } from './query-deps.ts';
import { readers } from './readers.ts';
import { resolveIncident } from './resolve-incident.ts';
import { similarTo } from './similar-incidents.ts';

/** The parts of an incident, each at an address of its own; an id that has moved gives those of the incident that now holds its anchor. */
export const registerIncidentPartRoutes: RegisterRoutes = (app, deps) => {
  const atMoment = createAtMoment(deps);
  const part = (summary: string) => ({ summary, tags: ['incidents'], params: IdParameter, querystring: AsOfQuery });
  app.get(
    '/v1/incidents/:id/graph',
    { config: readers, schema: { ...part('The incident as nodes and edges, ready to draw'), response: { 200: GraphDocument } } },
    async (request, reply) => {
      const audience = audienceOf(request);
      const graph = await atMoment({ request, reply, ...request.query }, async (store) =>
        graphOf(store, audience, await resolveIncident(store, audience, lower(request.params))),
      );
      return answer(request, reply, graph);
    },
  );
  app.get(
    '/v1/incidents/:id/timeline',
    { config: readers, schema: { ...part('When what was observed, reported, received and judged'), response: { 200: TimelineDocument } } },
    async (request, reply) => {
      const audience = audienceOf(request);
      const timeline = await atMoment({ request, reply, ...request.query }, async (store) =>
        timelineOf(store, audience, await resolveIncident(store, audience, lower(request.params))),
      );
      return answer(request, reply, timeline);
    },
  );
  app.get(
    '/v1/incidents/:id/lineage',
    {
      config: readers,
      schema: {
        ...part('What became of the incident of exactly this id, also when it ended, and which one holds its anchor now'),
        response: { 200: LineageAnswer },
      },
    },
    async (request, reply) => {
      const audience = audienceOf(request);
      const lineage = await atMoment({ request, reply, ...request.query }, (store) => lineageOf(store, audience, lower(request.params)));
      return answer(request, reply, lineage);
    },
  );
  app.get(
    '/v1/incidents/:id/possible',
    {
      config: readers,
      schema: { ...part('What may belong to the incident, what would join most first'), response: { 200: PossibleAnswer } },
    },
    async (request, reply) => {
      const audience = audienceOf(request);
      const possible = await atMoment({ request, reply, ...request.query }, async (store) => {
        const { id } = await resolveIncident(store, audience, lower(request.params));
        return { id, items: await possibleJoins(store, audience, await store.links(audience, id)) };
      });
      return answer(request, reply, possible);
    },
  );
  app.get(
    '/v1/incidents/:id/similar',
    { config: readers, schema: { ...part('The incidents that share most with it, and what'), response: { 200: SimilarAnswer } } },
    async (request, reply) => {
      const audience = audienceOf(request);
      const found = await atMoment({ request, reply, ...request.query }, async (store) => {
        const incident = await resolveIncident(store, audience, lower(request.params));
        const similar = await similarTo(store, audience, incident);
        return { id: incident.id, items: similar.map(({ incident: other, ...alike }) => ({ ...alike, incident: documentOf(other) })) };
      });
      return answer(request, reply, found);
    },
  );
};

const lower = ({ id }: { readonly id: string }): string => id.toLowerCase();

const documentOf = (incident: ListedIncident) => ({ ...incident, hybridReach: hybridReach(incident) });

async function lineageOf(store: ViewStore, audience: string, id: string) {
  const known = await store.findIncident(audience, id);
  if (known === undefined) throw new ServiceError('not-found', 'There is no incident with this id.');
  const anchor = await store.findSignal(audience, id);
  return { id, ended: known.summary === null, heldBy: anchor?.membership?.incidentId ?? null, lineage: known.lineage };
}
