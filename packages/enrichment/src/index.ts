// Turns the running text of a signal into comparable facts, each with the span it came from. Pure, versioned, linear in the text.
export { type Enrichable, enrichmentVersion, enrichSignal, type Knowledge } from './enrich-signal.ts';
export { fold } from './fold.ts';
export { type CompiledWarningLists, compileWarningLists } from './observables/compile-warning-lists.ts';
export { extractObservables } from './observables/extract-observables.ts';
export type { FoundObservable } from './observables/found-observable.ts';
export { type CompiledRegister, compileRegister } from './register/compile-register.ts';
export { type SeparateEnricher, separateEnrichers } from './separate-enrichers.ts';
