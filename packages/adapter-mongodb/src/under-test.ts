import { randomUUID } from 'node:crypto';
import type { MongoSettings } from './mongo-settings.ts';

/** A database of its own on the server that the environment names; without one there is nothing to test, and that is a failure. */
export function databaseUnderTest(): MongoSettings {
  const uri = process.env.MONGODB_URI;
  if (!uri) throw new Error('MONGODB_URI names no server: run `npm run test:real`, which brings one up');
  return { uri, database: `test-${randomUUID()}` };
}
