import type { HttpApp } from '@samenhang/runtime';
import { z } from 'zod';
import { audienceOf } from '../audience-of.ts';
import type { PartnerDeps } from './taxii-routes.ts';

const ExportDocument = z.object({
  signal: z.uuid(),
  revision: z.int(),
  by: z.string().describe('The name and id of the key, or of the holder of the token.'),
  at: z.string(),
  audience: z.string(),
  how: z.enum(['stix', 'taxii']),
});

const Parameters = z.strictObject({
  signal: z.uuid().describe('The signal that was given away.'),
  limit: z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(1_000))
    .default(100),
  cursor: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .default(0)
    .describe('The "next" of the page before.'),
});

/** `GET /v1/exports?signal=ID`: whom to tell when a signal turns out wrong. A lead sees what was given away of the audience asked for, an operator all of it; neither sees content. */
export function registerExportRoutes(app: HttpApp, { ledger }: PartnerDeps): void {
  app.get(
    '/v1/exports',
    {
      config: { roles: ['lead', 'operator'] },
      schema: {
        summary: 'Who was given a signal, in which revision and when, newest first',
        tags: ['partners'],
        querystring: Parameters,
        response: { 200: z.object({ items: z.array(ExportDocument), next: z.string().nullable() }) },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const signal = request.query.signal.toLowerCase();
      const own = request.principal?.role === 'operator' ? undefined : audienceOf(request);
      const all = (await ledger.exportsOf(signal)).filter(({ audience }) => own === undefined || audience === own);
      const items = all.slice(cursor, cursor + limit).map((given) => ({ signal, ...given }));
      return { items, next: cursor + limit < all.length ? String(cursor + limit) : null };
    },
  );
}
