// Turns each audience's inputs into its incidents, described: one correlator per audience.
export { createCorrelateStep } from './correlate-step.ts';
