import { canonicalJson, type IncidentSummary, type Signal, uuidV5 } from '@samenhang/domain';
import type { CorrelationInputMessage, IncidentChanged } from '@samenhang/events';
import {
  type JsonObject,
  mayLeave,
  ownExtensionDefinition,
  ownIdentity,
  stixIncident,
  stixJudgement,
  stixOfSignal,
  stixTime,
  stixTlpDefinition,
} from '@samenhang/formats';

/** Where the content of an object is: in the signal of a record of `correlation.inputs`, told under an id, or here. */
export type Content =
  | { readonly kind: 'signal'; readonly offset: number; readonly signalId: string; readonly object: string }
  | { readonly kind: 'whole'; readonly object: JsonObject };

/** What an object tells of: a signal or an incident, in which revision; null for what everybody may know. */
export interface About {
  readonly kind: 'signal' | 'incident';
  readonly id: string;
  readonly revision: number;
}

/** One version of one STIX object, in the order in which partners are given them. */
export interface CatalogueEntry {
  readonly id: string;
  /** `modified`; for an object without one `created`, and for one without either when it was added. */
  readonly version: string;
  /** When it was added, in microseconds since 1970: rises with every entry. */
  readonly addedMicros: number;
  readonly revoked: boolean;
  readonly content: Content;
  /** Entries that one record of the logs brought have one number, higher than those before. */
  readonly group: number;
  readonly about: About | null;
}

export interface ExportCatalogue {
  readonly entries: readonly CatalogueEntry[];
  /** The entries of an object, oldest first. */
  versionsOf(id: string): readonly CatalogueEntry[];
  /** Takes the next input of the audience, added when the change that follows it was. */
  input(message: CorrelationInputMessage, offset: number, timeMs: number): void;
  /** Takes the next change of an incident of the audience. */
  change(change: IncidentChanged, timeMs: number): void;
}

interface KnownSignal {
  readonly revision: number;
  readonly firstReceivedMs: number;
  /** The id it is told under, and the objects that are its own; undefined while it is not told. */
  readonly told: { readonly id: string; readonly objects: readonly string[] } | undefined;
}

interface Told {
  readonly id: string;
  readonly print: string;
}

type Draft = Omit<CatalogueEntry, 'addedMicros' | 'version' | 'group'>;

const ownTypes = new Set(['report', 'observed-data', 'sighting']);
const namespace = '0b7a5a5e-6a0f-5d8e-9a63-5f1d3c0e7b21';
const textOf = (object: JsonObject, name: string): string | undefined => {
  const value = object[name];
  return typeof value === 'string' ? value : undefined;
};

/**
 * Everything of one audience that may leave, as STIX objects in the order in which they came to be: a function of the audience's logs alone, and append-only,
 * so that whoever reads on from an entry misses nothing. What may no longer be told is revoked; since STIX knows no way back from that, it is told under a new id when it may be again.
 */
export function createExportCatalogue(): ExportCatalogue {
  const entries: CatalogueEntry[] = [];
  const versions = new Map<string, CatalogueEntry[]>();
  const generations = new Map<string, number>();
  const signals = new Map<string, KnownSignal>();
  const members = new Map<string, Set<string>>();
  const incidentOf = new Map<string, string>();
  const worked = new Set<string>();
  /** Per incident: the ids under which its objects are told, by what they are, and what each said last. */
  const told = new Map<string, Map<string, Told>>();
  /** Which incident told an object last: a judgement moves with the signal that it is about. */
  const tellers = new Map<string, string>();

  let group = 0;

  const latestOf = (id: string): CatalogueEntry | undefined => versions.get(id)?.at(-1);

  function add(entry: Draft, version: string | undefined, timeMs: number): void {
    const addedMicros = Math.max(timeMs * 1_000, (entries.at(-1)?.addedMicros ?? 0) + 1);
    const added = { ...entry, group, addedMicros, version: version ?? instantOf(addedMicros) };
    entries.push(added);
    const known = versions.get(entry.id);
    if (known === undefined) versions.set(entry.id, [added]);
    else known.push(added);
  }

  /** A version that follows the latest one, as STIX wants it: no earlier than it was made, and later than the one before. */
  function addVersion(entry: Draft, modifiedMs: number, timeMs: number): void {
    const before = latestOf(entry.id);
    add(entry, stixTime(before === undefined ? modifiedMs : Math.max(modifiedMs, Date.parse(before.version) + 1)), timeMs);
  }

  function addOnce(object: JsonObject, content: Content, about: About | null, timeMs: number): void {
    const id = textOf(object, 'id') ?? '';
    if (versions.has(id)) return;
    add({ id, revoked: false, content, about }, textOf(object, 'modified') ?? textOf(object, 'created'), timeMs);
  }

  function revoke(id: string, timeMs: number): void {
    const latest = latestOf(id);
    if (latest !== undefined && !latest.revoked) addVersion({ ...latest, revoked: true }, timeMs, timeMs);
  }

  /** The uuid under which something is told now: its own, and after each revocation another that follows from it. */
  const nameOf = (key: string, uuid: string): string => {
    const generation = generations.get(key) ?? 0;
    return generation === 0 ? uuid : uuidV5(namespace, `${uuid} ${generation}`);
  };
  const rename = (key: string): void => void generations.set(key, (generations.get(key) ?? 0) + 1);

  function begin(timeMs: number): void {
    if (entries.length > 0) return;
    const tlps = (['clear', 'green', 'amber'] as const).map(stixTlpDefinition);
    for (const object of [...tlps, ownIdentity, ownExtensionDefinition]) addOnce(object, { kind: 'whole', object }, null, timeMs);
  }

  function tell(signal: Signal, offset: number, timeMs: number): void {
    begin(timeMs);
    const about: About = { kind: 'signal', id: signal.id, revision: signal.revision };
    const before = signals.get(signal.id)?.told;
    let objects = stixOfSignal({ ...signal, id: nameOf(signal.id, signal.id) });
    if (objects.some((object) => latestOf(textOf(object, 'id') ?? '')?.revoked === true)) {
      for (const id of before?.objects ?? []) revoke(id, timeMs);
      rename(signal.id);
      objects = stixOfSignal({ ...signal, id: nameOf(signal.id, signal.id) });
    }
    const signalId = nameOf(signal.id, signal.id);
    const own: string[] = [];
    for (const object of objects) {
      const id = textOf(object, 'id') ?? '';
      const content: Content = { kind: 'signal', offset, signalId, object: id };
      if (!ownTypes.has(textOf(object, 'type') ?? '')) addOnce(object, content, about, timeMs);
      else {
        addVersion({ id, revoked: false, content, about }, Date.parse(signal.receivedAt), timeMs);
        own.push(id);
      }
    }
    for (const id of before?.objects ?? []) if (!own.includes(id)) revoke(id, timeMs);
    const firstReceivedMs = Date.parse(signal.firstReceivedAt);
    signals.set(signal.id, { revision: signal.revision, firstReceivedMs, told: { id: signalId, objects: own } });
  }

  function withhold(id: string, revision: number, firstReceivedMs: number, timeMs: number): void {
    for (const object of signals.get(id)?.told?.objects ?? []) revoke(object, timeMs);
    signals.set(id, { revision, firstReceivedMs, told: undefined });
  }

  function move(signal: string, to: string | undefined): void {
    members.get(incidentOf.get(signal) ?? '')?.delete(signal);
    if (to === undefined) {
      incidentOf.delete(signal);
      return;
    }
    incidentOf.set(signal, to);
    const set = members.get(to);
    if (set === undefined) members.set(to, new Set([signal]));
    else set.add(signal);
  }

  function objectsOf(incident: IncidentSummary, timeMs: number): ReadonlyMap<string, JsonObject> {
    const refs = [...(members.get(incident.id) ?? [])].flatMap((id) => signals.get(id)?.told?.id ?? []).map((id) => `report--${id}`);
    if (refs.length === 0 || !isTold(incident, refs.length, worked.has(incident.id))) return new Map();
    const type = worked.has(incident.id) ? 'incident' : 'grouping';
    const created = stixTime(signals.get(incident.id)?.firstReceivedMs ?? timeMs);
    const core = named(stixIncident({ incident, type, refs: refs.sort(), created, modified: created }));
    const found = new Map([['core', core]]);
    for (const judgement of incident.judgements.filter(({ marking }) => mayLeave(marking))) {
      const object = stixJudgement(judgement, textOf(core, 'id') ?? '');
      if (object !== undefined) found.set(judgement.id, named(object));
    }
    return found;
  }

  /** The object under its own id, or under the next that follows from it when it was revoked under that. */
  function named(object: JsonObject): JsonObject {
    const [id, type] = [textOf(object, 'id') ?? '', textOf(object, 'type') ?? ''];
    const live = (): string => `${type}--${nameOf(id, id.slice(type.length + 2))}`;
    while (latestOf(live())?.revoked === true) rename(id);
    return { ...object, id: live() };
  }

  return {
    entries,
    versionsOf: (id) => versions.get(id) ?? [],
    input(message, offset, timeMs) {
      group++;
      if (message.kind === 'judgement') return;
      const { id, revision } = message.kind === 'signal' ? message.signal : message;
      const known = signals.get(id);
      // The highest revision wins, and of two equal ones that which takes away: as in the views.
      if (known !== undefined && (revision < known.revision || (revision === known.revision && message.kind === 'signal'))) return;
      if (message.kind === 'withdrawal') withhold(id, revision, known?.firstReceivedMs ?? timeMs, timeMs);
      else if (message.signal.kind === 'retraction' || !mayLeave(message.signal.marking))
        withhold(id, revision, Date.parse(message.signal.firstReceivedAt), timeMs);
      else tell(message.signal, offset, timeMs);
    },
    change({ id, summary, joined, left }, timeMs) {
      group++;
      for (const signal of joined) move(signal, id);
      for (const signal of left) if (incidentOf.get(signal) === id) move(signal, undefined);
      if (summary !== null && summary.status !== 'new') worked.add(id);
      const objects = summary === null ? new Map<string, JsonObject>() : objectsOf(summary, timeMs);
      const before = told.get(id) ?? new Map<string, Told>();
      const after = new Map<string, Told>();
      for (const [what, object] of objects) after.set(what, { id: textOf(object, 'id') ?? '', print: canonicalJson(object) });
      const kept = new Set([...after.values()].map((last) => last.id));
      for (const last of before.values()) if (!kept.has(last.id) && tellers.get(last.id) === id) revoke(last.id, timeMs);
      for (const [what, object] of objects) {
        const { id: objectId = '', print } = after.get(what) ?? {};
        tellers.set(objectId, id);
        if (before.get(what)?.print === print) continue;
        const about: About = { kind: 'incident', id, revision: summary?.revision ?? 0 };
        const modifiedMs = Math.max(timeMs, Date.parse(textOf(object, 'created') ?? ''));
        addVersion({ id: objectId, revoked: false, content: { kind: 'whole', object }, about }, modifiedMs, timeMs);
      }
      if (after.size > 0) told.set(id, after);
      else told.delete(id);
    },
  };
}

/** One report alone is told by itself, unless analysts worked on it; what holds or follows from something above TLP amber is not told. */
function isTold(incident: IncidentSummary, told: number, isWorked: boolean): boolean {
  const shaping = incident.judgements.filter(({ kind }) => kind === 'status' || kind === 'severity');
  return (told > 1 || isWorked) && mayLeave(incident.marking) && shaping.every(({ marking }) => mayLeave(marking));
}

/** An instant with its microseconds, as TAXII 2.1 wants it. */
export function instantOf(micros: number): string {
  const ms = Math.floor(micros / 1_000);
  return new Date(ms).toISOString().replace('Z', `${String(micros - ms * 1_000).padStart(3, '0')}Z`);
}
