// The view store and the identity index on MongoDB, through the official driver; the only package that knows that driver.
export { indexes } from './indexes.ts';
export { openMongoIdentityIndex } from './mongo-identity-index.ts';
export type { MongoSettings } from './mongo-settings.ts';
export { openMongoViewStore } from './mongo-view-store.ts';
