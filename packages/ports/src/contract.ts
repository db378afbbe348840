// The contract suites: every guarantee of the ports as a test, for every adapter. Test code: it never reaches production.

export { type AuditTrailUnderTest, describeAuditTrail } from './audit-trail.contract.ts';
export { eventually, type SuiteSettings } from './contract-suite.ts';
export { describeEventLog, type EventLogUnderTest } from './event-log.contract.ts';
export { describeIdentityIndex, type IdentityIndexUnderTest } from './identity-index.contract.ts';
export { describeViewStore, type ViewStoreUnderTest } from './view-store.contract.ts';
