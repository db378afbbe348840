// The words of Samenhang: signals, markings, audiences, incidents, judgements. Values only; imports zod and Node's hash.
export {
  AuditEntry,
  AuditEvent,
  type AuditFault,
  type AuditHead,
  chainAuditEvent,
  emptyAuditHead,
  findAuditFault,
} from './audit-entry.ts';
export { canonicalJson, type JsonValue } from './canonical-json.ts';
export { compareEnrichmentVersions } from './compare-enrichment-versions.ts';
export { digitValue } from './digit-value.ts';
export type { Enrichment, Mention } from './enrichment.ts';
export { type Fault, faultsOf } from './fault.ts';
export { type HybridJoin, type HybridReach, hybridDimensions, hybridReach } from './hybrid-reach.ts';
export { contentHash, contentJson, hashOfContent, idOfPosted, signalId, signalNamespace, uuidV5 } from './identity.ts';
export {
  type Evidence,
  type IncidentMember,
  type IncidentStatus,
  type IncidentSummary,
  incidentStatuses,
  type LineageCause,
  type LineageEntry,
  type Link,
  type Severity,
  severities,
} from './incident.ts';
export { jsonPointer } from './json-pointer.ts';
export {
  confidences,
  IncidentJudgement,
  isPairJudgement,
  Judgement,
  JudgementDraft,
  likelihoods,
  responsibilities,
} from './judgement.ts';
export { Audience, compareTlp, highestMarking, isWithin, Marking, maySee, Slug, Tlp, tlpLevels } from './marking.ts';
export { normaliseObservable } from './normalise-observable.ts';
export { type Fidelity, fidelities, ObservedAt, observedSpan, parseTime, type TimeSpan, TimeText } from './observed-time.ts';
export { type ParsedSignal, parsePostedSignal } from './parse-posted-signal.ts';
export { refang } from './refang.ts';
export { Register, RegisterEntry, registerKinds } from './register.ts';
export { type FactKind, factTerm, observableTerm, placeTerm, searchedWords, termsOfSignal, wordTerms } from './search-terms.ts';
export {
  Observable,
  Place,
  PostedSignal,
  reliabilities,
  type Signal,
  type SignalDraft,
  SourceType,
  signalKinds,
  signalLimits,
  sourceTypes,
  Technique,
} from './signal.ts';
export { WarningList } from './warning-list.ts';
export { withoutCommon } from './without-common.ts';
