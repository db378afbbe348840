import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ViewStore } from '@samenhang/ports';
import { z } from 'zod';
import { answer } from './answer.ts';
import { audienceOf } from './audience-of.ts';
import { pageSize } from './parameters.ts';
import { SourcePage } from './part-schemas.ts';
import type { RegisterRoutes } from './query-deps.ts';
import { readers } from './readers.ts';

const mostSources = 100;
const Parameters = z.strictObject({
  limit: pageSize(20, mostSources).describe(`Sources per page, at most ${mostSources}.`),
  after: z.string().min(1).max(300).optional().describe('The "next" of the page before.'),
});

/** `GET /v1/sources`: who reports to this audience, and how their signals fare, by name whatever case. */
export const registerSourceRoutes: RegisterRoutes = (app, { store }) => {
  app.get(
    '/v1/sources',
    {
      config: readers,
      schema: {
        summary: 'Sources with their scorecards: signals, how many of them are in incidents, corroborated by another source, retracted',
        tags: ['sources'],
        querystring: Parameters,
        response: { 200: SourcePage },
      },
    },
    async (request, reply) => {
      const audience = audienceOf(request);
      const { limit, after } = request.query;
      const counts = await store.countFacets({ audience, minSize: 1, terms: [] });
      const names = counts.filter(({ kind }) => kind === 'source').map(({ value }) => value);
      const rest = names.filter((name) => after === undefined || name > after).sort();
      const shown = rest.slice(0, limit);
      const items = await scorecards(store, audience, shown);
      return answer(request, reply, { items, next: rest.length > limit ? (shown.at(-1) ?? null) : null });
    },
  );
};

/** One source after the other, so that a page of large sources holds nobody else up. */
async function scorecards(store: ViewStore, audience: string, names: readonly string[]) {
  const cards = [];
  for (const name of names) {
    const { first, ...score } = await store.scoreSource(audience, name);
    const example = first === null ? undefined : await store.findSignal(audience, first);
    cards.push({ source: example?.signal?.source ?? name, sourceType: example?.signal?.sourceType ?? null, ...score });
    await nextTurn();
  }
  return cards;
}
