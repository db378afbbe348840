// What Samenhang needs from the outside, each with its guarantees; the contract suites (`@samenhang/ports/contract`) hold every adapter to them.
export type { AuditHaste, AuditTrail } from './audit-trail.ts';
export type { DeliveredRecord, EventLog, LogRecord, Position, Subscription, TopicSettings } from './event-log.ts';
export type { IdentityIndex, KnownSignal, MarkedSince } from './identity-index.ts';
export {
  type IncidentQuery,
  type IncidentSort,
  type IncidentView,
  incidentSortKey,
  incidentSorts,
  type Membership,
  type SignalView,
  type StoredSignal,
  type ViewStore,
  type ViewWrite,
} from './view-store.ts';
