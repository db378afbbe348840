// The only way out: REST answers from the store, each for exactly one audience, and the console's files.
export type { QueryDeps, StaticPage } from './query-deps.ts';
export { registerQueryRoutes } from './register-query-routes.ts';
