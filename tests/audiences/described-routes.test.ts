import { expect, test } from 'vitest';
import { z } from 'zod';
import { withReferenceApp } from '../../scripts/docs/reference-app.ts';

const Media = z.looseObject({ schema: z.unknown(), example: z.unknown().optional(), examples: z.unknown().optional() });
const Operation = z.looseObject({
  summary: z.string().min(10),
  tags: z.array(z.string()).min(1),
  responses: z.record(z.string(), z.looseObject({ content: z.record(z.string(), Media).optional() })),
});
const Document = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.looseObject({ get: z.unknown().optional() })) });

/** What analysts read; partners' formats are described by their own standards, rulesets by themselves. */
const isShown = (path: string): boolean =>
  /^\/v1\/(incidents|signals|observables|sources|judgements|review|me)/.test(path) && !path.endsWith('/stix');

test('every document that an analyst reads is described in OpenAPI 3.1 with an example and the problems instead of it', async () => {
  await withReferenceApp(async (app) => {
    const { openapi, paths } = Document.parse(app.swagger());
    const shown = Object.entries(paths).filter(([path, { get }]) => isShown(path) && get !== undefined);
    expect(openapi).toMatch(/^3\.1\./);
    expect(shown.length).toBeGreaterThan(12);

    for (const [path, { get }] of shown) {
      const { responses } = Operation.parse(get);
      const told = responses['200']?.content?.['application/json'];
      expect(told?.example ?? told?.examples, path).toBeDefined();
      expect(responses.default?.content, path).toHaveProperty(['application/problem+json']);
    }
  });
});
