// Streaming record linkage: signals in, explained links and incidents out. Pure.
export type { ChangeSet, CorrelationInput, Correlator, Counterfactual, IncidentChange } from './correlator.ts';
export { defaultRuleset } from './default-ruleset.ts';
export { createCorrelator } from './engine/create-correlator.ts';
export { type Component, joinGroups } from './join.ts';
export { type CorrelationState, correlateBatch } from './oracle.ts';
export type { LevelOf } from './pair-facts.ts';
export { type EvidenceKey, type Profile, profileOf } from './profile.ts';
export { Ruleset, rulesetVersion } from './ruleset.ts';
export { type Ledger, scorePair } from './score.ts';
