// Streaming record linkage: signals in, explained links and incidents out. Pure.
export type { ChangeSet, CorrelationInput, CorrelationWork, Correlator, Counterfactual, IncidentChange } from './correlator.ts';
export { defaultRuleset } from './default-ruleset.ts';
export { createCorrelator } from './engine/create-correlator.ts';
export { type Agreement, agreements } from './evidence/agreement.ts';
export { type Component, joinGroups } from './join.ts';
export { type Comparison, type CorrelationState, compareBatch, correlateBatch } from './oracle.ts';
export type { LevelOf, PairFacts } from './pair-facts.ts';
export { type EvidenceKey, type Profile, profileOf } from './profile.ts';
export { type PairClass, pairClasses, Ruleset, rulesetVersion, type SharedValueRule, toMillibits } from './ruleset.ts';
export { isLinkable, type Ledger, ledgerOf, scorePair } from './score.ts';
