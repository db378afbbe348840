import type { Membership, StoredSignal } from '@samenhang/ports';
import type { Collections } from './collections.ts';
import { idIn, type MembershipDocument, within } from './documents.ts';

const idsPerQuestion = 1_000;

const parts = (ids: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / idsPerQuestion) }, (_none, at) => ids.slice(at * idsPerQuestion, (at + 1) * idsPerQuestion));

/** Asks for `_id`s in parts, so that no message grows without bound. */
export async function inParts<T>(keys: readonly string[], ask: (part: string[]) => Promise<readonly T[]>): Promise<readonly T[]> {
  const answers: (readonly T[])[] = [];
  for (const part of parts(keys)) answers.push(await ask([...part]));
  return answers.flat();
}

const membershipOf = (audience: string, { _id, held }: MembershipDocument): Membership => ({
  signalId: idIn(audience, _id),
  incidentId: held.incident,
  correlatedAt: held.correlatedAt,
});

/** The memberships of these signals by signal id. */
export async function readMemberships(
  collections: Collections,
  audience: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Membership>> {
  const keys = ids.map((id) => within(audience, id));
  const documents = await inParts(keys, (part) => collections.memberships.find({ _id: { $in: part } }).toArray());
  return new Map(documents.map((document) => [idIn(audience, document._id), membershipOf(audience, document)]));
}

/** The known ones of these signals, in the order asked. */
export async function readSignals(collections: Collections, audience: string, ids: readonly string[]): Promise<readonly StoredSignal[]> {
  const keys = ids.map((id) => within(audience, id));
  const [bodies, memberships] = await Promise.all([
    inParts(keys, (part) => collections.bodies.find({ _id: { $in: part } }).toArray()),
    readMemberships(collections, audience, ids),
  ]);
  const views = new Map<string, Omit<StoredSignal, 'membership'>>(
    bodies.map(({ _id, view }) => [idIn(audience, _id), JSON.parse(view.json)]),
  );
  return ids.flatMap((id) => {
    const view = views.get(id);
    return view === undefined ? [] : [{ ...view, membership: memberships.get(id) }];
  });
}
