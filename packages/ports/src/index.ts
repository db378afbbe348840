// What Samenhang needs from the outside, each with its guarantees; the contract suites (`@samenhang/ports/contract`) hold every adapter to them.
export type { AuditHaste, AuditTrail } from './audit-trail.ts';
export type { DeliveredRecord, EventLog, LogRecord, Position, Subscription, TopicSettings } from './event-log.ts';
export type { IdentityIndex, KnownSignal, MarkedSince } from './identity-index.ts';
export { type FacetCount, type FacetKind, type FacetValue, facetKinds, facetValuesOf } from './incident-facets.ts';
export {
  changedBy,
  type IncidentCondition,
  type IncidentQuery,
  type IncidentSort,
  type IncidentView,
  incidentSortKey,
  incidentSorts,
  type ListedIncident,
  type Membership,
  type SignalView,
  type SourceScore,
  type StoredSignal,
  severityRank,
  takenInBy,
  type ViewStore,
  type ViewWrite,
} from './view-store.ts';
