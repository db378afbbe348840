import { asyncApi } from './asyncapi.ts';
import { configPage, configSchema, errorsPage, topicsPage } from './pages.ts';
import { withReferenceApp } from './reference-app.ts';

/** Every generated document by its path from the root. The same code gives the same bytes. */
export async function generateDocuments(): Promise<ReadonlyMap<string, string>> {
  const openApi = await withReferenceApp(async (app) => `${JSON.stringify(app.swagger(), null, 2)}\n`);
  return new Map([
    ['docs/reference/config.md', configPage()],
    ['docs/reference/samenhang.schema.json', configSchema()],
    ['docs/reference/topics.md', topicsPage()],
    ['docs/reference/asyncapi.json', asyncApi()],
    ['docs/reference/errors.md', errorsPage()],
    ['docs/reference/openapi.json', openApi],
  ]);
}
