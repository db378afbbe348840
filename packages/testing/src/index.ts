// Builders, arbitraries and scenarios for tests. Test code: it never reaches production.
export { anIncidentSummary } from './an-incident-summary.ts';
export { anAudience, anEnrichment, aPostedSignal, aSignal } from './builders.ts';
export { anyCorrelationInputs, type ToldInput } from './correlation-inputs.ts';
export { type HeavyTailedOptions, heavyTailed, randomNumbers, syntheticWord } from './heavy-tailed.ts';
export { loadScenario, Scenario } from './scenario.ts';
export { anyAudience, anyMarking, anyObservable, anyPostedSignal, anySignals } from './signal-arbitraries.ts';
