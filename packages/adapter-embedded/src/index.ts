// The embedded engine: an event log, an identity index and a view store in SQLite files of one data directory, for one process that needs nothing else.
export { lockDataDirectory } from './data-directory-lock.ts';
export { type EmbeddedEventLogSettings, openEmbeddedEventLog } from './embedded-event-log.ts';
export { type EmbeddedIdentityIndexSettings, openEmbeddedIdentityIndex } from './embedded-identity-index.ts';
export { type EmbeddedViewStoreSettings, openEmbeddedViewStore } from './embedded-view-store.ts';
