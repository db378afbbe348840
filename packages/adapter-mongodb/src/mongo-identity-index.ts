import type { IdentityIndex, KnownSignal } from '@samenhang/ports';
import type { Collection } from 'mongodb';
import type { ClockDocument, KnownSignalDocument } from './documents.ts';
import { connectMongo, type MongoSettings } from './mongo-settings.ts';
import { inParts } from './read-signals.ts';

const latestKey = 'received';

const largest = (entries: readonly KnownSignal[]): string =>
  entries
    .map(({ receivedAt }) => receivedAt)
    .sort()
    .at(-1) ?? '';

/** The identity index of a MongoDB database: one document per signal, found by its exact `_id`. */
export function openMongoIdentityIndex(settings: MongoSettings): Promise<IdentityIndex> {
  const { db, ask, close } = connectMongo(settings);
  const known: Collection<KnownSignalDocument> = db.collection('known');
  const clock: Collection<ClockDocument> = db.collection('clock');

  return Promise.resolve({
    find: (ids) =>
      ask('find known signals', async () => {
        const documents = await inParts([...new Set(ids)], (part) => known.find({ _id: { $in: part } }).toArray());
        return new Map<string, KnownSignal>(documents.map(({ _id, json }) => [_id, JSON.parse(json)]));
      }),
    save: (entries) =>
      ask('keep known signals', async () => {
        if (entries.length === 0) return;
        // The clock goes first: a stamp that was given must never be given again, even if the entries are lost.
        await clock.updateOne({ _id: latestKey }, { $max: { latest: largest(entries) } }, { upsert: true });
        const last = new Map(entries.map((entry) => [entry.id, entry]));
        await known.bulkWrite(
          [...last].map(([_id, entry]) => ({
            updateOne: { filter: { _id }, update: { $set: { json: JSON.stringify(entry) } }, upsert: true },
          })),
          { ordered: false },
        );
      }),
    latestReceivedAt: () => ask('read the clock', async () => (await clock.findOne({ _id: latestKey }))?.latest),
    async [Symbol.asyncDispose]() {
      await close();
    },
  });
}
