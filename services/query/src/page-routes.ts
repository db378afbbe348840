import { answerBytes } from './answer.ts';
import type { RegisterRoutes } from './query-deps.ts';

/** The console and the page of the API description: files from memory, for anyone; what they show is asked with a key. */
export const registerPageRoutes: RegisterRoutes = (app, { pages }) => {
  for (const [path, page] of pages) {
    app.get(path, { config: { roles: 'anyone' }, schema: { hide: true } }, async (request, reply) => answerBytes(request, reply, page));
  }
};
