import { registerIncidentPartRoutes } from './incident-part-routes.ts';
import { registerIncidentRoutes } from './incident-routes.ts';
import { registerJudgementRoutes } from './judgement-routes.ts';
import { registerObservableRoutes } from './observable-routes.ts';
import { registerOperationRoutes } from './operation-routes.ts';
import { registerPageRoutes } from './page-routes.ts';
import { registerPartnerRoutes } from './partners/register-partner-routes.ts';
import type { RegisterRoutes } from './query-deps.ts';
import { registerRejectedRoutes } from './rejected-routes.ts';
import { registerReviewRoutes } from './review-routes.ts';
import { registerRulesetRoutes } from './ruleset-routes.ts';
import { registerSignalRoutes } from './signal-routes.ts';
import { registerSourceRoutes } from './source-routes.ts';
import { registerStreamRoute } from './stream-route.ts';

/** Every route of the query side. Whatever is answered for an audience is read from that audience's part of the store alone (law 5). */
export const registerQueryRoutes: RegisterRoutes = (app, deps) => {
  registerIncidentRoutes(app, deps);
  registerIncidentPartRoutes(app, deps);
  registerSignalRoutes(app, deps);
  registerObservableRoutes(app, deps);
  registerSourceRoutes(app, deps);
  registerJudgementRoutes(app, deps);
  registerReviewRoutes(app, deps);
  registerStreamRoute(app, deps);
  registerRulesetRoutes(app, deps);
  registerRejectedRoutes(app, deps);
  registerOperationRoutes(app, deps);
  registerPartnerRoutes(app, deps);
  registerPageRoutes(app, deps);
};
