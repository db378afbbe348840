// Streaming record linkage: signals in, explained links and incidents out. Pure.
export type { ChangeSet, CorrelationInput, Correlator, Counterfactual, IncidentChange } from './correlator.ts';
