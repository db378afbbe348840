import { PipelineStatus } from '@samenhang/runtime';
import { answer } from './answer.ts';
import type { QueryDeps, RegisterRoutes } from './query-deps.ts';
import { operators, readers } from './readers.ts';
import { MeDocument } from './schemas.ts';

/** `GET /v1/pipeline` (operators) and `GET /v1/me` (whom a key may read for). */
export const registerOperationRoutes: RegisterRoutes = (app, { pipeline }: QueryDeps) => {
  app.get(
    '/v1/pipeline',
    {
      config: operators,
      schema: {
        summary: 'What became of the messages at every stage, and whether everything acknowledged can be queried',
        tags: ['operation'],
        response: { 200: PipelineStatus },
      },
    },
    async () => pipeline(),
  );
  app.get(
    '/v1/me',
    { config: readers, schema: { summary: 'The role and audiences of the key', tags: ['keys'], response: { 200: MeDocument } } },
    async (request, reply) => {
      const { principal } = request;
      return answer(request, reply, {
        role: principal?.role ?? '',
        audience: principal?.audience?.id ?? null,
        audiences: (principal?.audiences ?? []).map(({ id, name }) => ({ id, name })),
      });
    },
  );
};
