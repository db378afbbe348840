// Adds to each signal what its text says, and routes a copy to every audience that may see it.
export { createEnrichStep, createRouteJudgementsStep } from './enrich-step.ts';
export { loadKnowledge } from './load-knowledge.ts';
export { loadRegister } from './load-register.ts';
