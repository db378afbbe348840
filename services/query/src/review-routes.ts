import { z } from 'zod';
import { answer } from './answer.ts';
import { audienceOf } from './audience-of.ts';
import { pageSize } from './parameters.ts';
import { ReviewPage } from './part-schemas.ts';
import { reviewOf } from './possible-links.ts';
import type { RegisterRoutes } from './query-deps.ts';
import { readers } from './readers.ts';

const mostReviewed = 200;

/** `GET /v1/review`: the questions that would change most, whichever way they are answered. */
export const registerReviewRoutes: RegisterRoutes = (app, { store }) => {
  app.get(
    '/v1/review',
    {
      config: readers,
      schema: {
        summary: 'Possible links between incidents, ranked by what they would join: the product of the sizes times the bits',
        description: 'Looks at the hundred largest incidents and the hundred that changed last. Answer with POST /v1/judgements.',
        tags: ['judgements'],
        querystring: z.strictObject({ limit: pageSize(50, mostReviewed).describe(`Links, at most ${mostReviewed}.`) }),
        response: { 200: ReviewPage },
      },
    },
    async (request, reply) => {
      const joins = await reviewOf(store, audienceOf(request));
      return answer(request, reply, { items: joins.slice(0, request.query.limit), total: joins.length });
    },
  );
};
