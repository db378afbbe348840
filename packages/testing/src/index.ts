// Builders, arbitraries and scenarios for tests. Test code: it never reaches production.
export { anAudience, anEnrichment, aPostedSignal, aSignal } from './builders.ts';
export { anyCorrelationInputs, type ToldInput } from './correlation-inputs.ts';
export { loadScenario, Scenario } from './scenario.ts';
export { anyAudience, anyMarking, anyObservable, anyPostedSignal, anySignals } from './signal-arbitraries.ts';
