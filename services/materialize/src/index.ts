// Keeps the query store true to the log: signals from `correlation.inputs`, incidents from `incidents.changed`.
export { catchUp } from './catch-up.ts';
export { createMaterializeIncidentsStep } from './materialize-incidents-step.ts';
export { createMaterializeSignalsStep } from './materialize-signals-step.ts';
