import type { RegisterRoutes } from '../query-deps.ts';
import { openExportLedger } from './export-ledger.ts';
import { registerExportRoutes } from './export-routes.ts';
import { followLogs } from './follow-logs.ts';
import { registerStixRoute } from './stix-route.ts';
import { registerTaxiiRoutes } from './taxii-routes.ts';

/** What partners are given, and who was given what: STIX bundles, the TAXII 2.1 server and the export ledger. */
export const registerPartnerRoutes: RegisterRoutes = (app, deps) => {
  const partners = { ...deps, catalogues: followLogs(deps.log), ledger: openExportLedger(deps.log) };
  registerStixRoute(app, partners);
  registerTaxiiRoutes(app, partners);
  registerExportRoutes(app, partners);
};
