import { canonicalJson, type IncidentSummary } from '@samenhang/domain';
import type { IncidentChanged } from '@samenhang/events';
import { type JsonObject, mayLeave, stixIncident, stixJudgement, stixTime } from '@samenhang/formats';
import { textIn } from './catalogue-entry.ts';
import { createMemberships } from './memberships.ts';
import type { ObjectVersions } from './object-versions.ts';
import type { ToldSignals } from './told-signals.ts';

export interface ToldIncidents {
  take(change: IncidentChanged): void;
}

const nothing: ReadonlyMap<string, string> = new Map();

/** Tells of every incident that may leave and what was judged about it, and takes back what is no more. */
export function createToldIncidents(versions: ObjectVersions, signals: ToldSignals): ToldIncidents {
  const memberships = createMemberships();
  const worked = new Set<string>();
  /** Per incident, what each of its objects said last, by the ids they are told under. */
  const told = new Map<string, ReadonlyMap<string, string>>();
  /** Which incident told an object last: a judgement moves with the signal that it is about. */
  const tellers = new Map<string, string>();

  /** The object under its own id, or under the next that follows from it when it was revoked under that. */
  function named(object: JsonObject): JsonObject {
    const [id, type] = [textIn(object, 'id'), textIn(object, 'type')];
    const uuid = id.slice(type.length + 2);
    const live = (): string => `${type}--${versions.nameOf(type, uuid)}`;
    while (versions.isRevoked(live())) versions.rename(type, uuid);
    return { ...object, id: live() };
  }

  function objectsOf(incident: IncidentSummary): readonly JsonObject[] {
    const isWorked = worked.has(incident.id);
    const refs = memberships.of(incident.id).flatMap((id) => signals.reportOf(id) ?? []);
    if (!isTold(incident, refs.length, isWorked)) return [];
    const created = stixTime(signals.firstReceivedMs(incident.id) ?? versions.nowMs());
    const type = isWorked ? 'incident' : 'grouping';
    const core = named(stixIncident({ incident, type, refs: refs.sort(), created, modified: created }));
    const judged = incident.judgements
      .filter(({ marking }) => mayLeave(marking))
      .map((judgement) => stixJudgement(judgement, textIn(core, 'id')))
      .filter((object) => object !== undefined);
    return [core, ...judged.map(named)];
  }

  return {
    take({ id, summary, joined, left }) {
      memberships.change(id, joined, left);
      if (summary !== null && summary.status !== 'new') worked.add(id);
      const objects = new Map((summary === null ? [] : objectsOf(summary)).map((object) => [textIn(object, 'id'), object]));
      const before = told.get(id) ?? nothing;
      for (const old of before.keys()) if (!objects.has(old) && tellers.get(old) === id) versions.revoke(old);
      const after = new Map([...objects].map(([objectId, object]) => [objectId, canonicalJson(object)]));
      for (const [objectId, object] of objects) {
        tellers.set(objectId, id);
        if (before.get(objectId) === after.get(objectId)) continue;
        const about = { kind: 'incident', id, revision: summary?.revision ?? 0 } as const;
        const modifiedMs = Math.max(versions.nowMs(), Date.parse(textIn(object, 'created')));
        versions.addVersion({ id: objectId, content: { kind: 'whole', object }, about }, modifiedMs);
      }
      if (after.size > 0) told.set(id, after);
      else told.delete(id);
    },
  };
}

/** One report alone is told by itself, unless analysts worked on it; what holds or follows from something above TLP amber is not told. */
function isTold(incident: IncidentSummary, reports: number, isWorked: boolean): boolean {
  const shaping = incident.judgements.filter(({ kind }) => kind === 'status' || kind === 'severity');
  const enough = reports > (isWorked ? 0 : 1);
  return enough && mayLeave(incident.marking) && shaping.every(({ marking }) => mayLeave(marking));
}
