// Streaming record linkage: signals in, explained links and incidents out. Pure.
export type { ChangeSet, CorrelationInput, Correlator, Counterfactual, IncidentChange } from './correlator.ts';
export { createCorrelator } from './engine/create-correlator.ts';
export { type CorrelationState, correlateBatch } from './oracle.ts';
export { type EvidenceKey, type Profile, profileOf } from './profile.ts';
export { defaultRuleset, Ruleset, rulesetVersion } from './ruleset.ts';
export { type Ledger, type LevelOf, scorePair } from './score.ts';
