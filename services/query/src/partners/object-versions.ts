import { uuidV5 } from '@samenhang/domain';
import { type JsonObject, stixTime } from '@samenhang/formats';
import { type About, type CatalogueEntry, type Content, instantOf, textIn } from './catalogue-entry.ts';

type Draft = Pick<CatalogueEntry, 'id' | 'content' | 'about'>;

/** The versions of objects, append-only, each added later than all before. What is added belongs to the record that was begun last. */
export interface ObjectVersions {
  readonly entries: readonly CatalogueEntry[];
  versionsOf(id: string): readonly CatalogueEntry[];
  isRevoked(id: string): boolean;
  /** The time of the record, in milliseconds since 1970. */
  begin(timeMs: number): void;
  nowMs(): number;
  /** Adds a version that follows the latest one, as STIX wants it: no earlier than it was made, and later than the one before. */
  addVersion(draft: Draft, modifiedMs: number): void;
  /** Adds an object that never changes, unless it is there. */
  addOnce(object: JsonObject, content: Content, about: About | null): void;
  /** Adds a version that takes the object back, unless it is taken back. */
  revoke(id: string): void;
  /** The uuid under which something of a kind goes: its own, or another that follows from it for each time that it was renamed. */
  nameOf(kind: string, uuid: string): string;
  rename(kind: string, uuid: string): void;
}

const namespace = '0b7a5a5e-6a0f-5d8e-9a63-5f1d3c0e7b21';

export function createObjectVersions(): ObjectVersions {
  const entries: CatalogueEntry[] = [];
  const versions = new Map<string, CatalogueEntry[]>();
  const generations = new Map<string, number>();
  let [group, nowMs] = [0, 0];

  const latestOf = (id: string): CatalogueEntry | undefined => versions.get(id)?.at(-1);

  function add(draft: Draft, revoked: boolean, version: string): void {
    const addedMicros = Math.max(nowMs * 1_000, (entries.at(-1)?.addedMicros ?? 0) + 1);
    const added = { ...draft, revoked, group, addedMicros, version: version === '' ? instantOf(addedMicros) : version };
    entries.push(added);
    const known = versions.get(draft.id);
    if (known === undefined) versions.set(draft.id, [added]);
    else known.push(added);
  }

  function versionAfter(id: string, modifiedMs: number): string {
    const before = latestOf(id);
    return stixTime(before === undefined ? modifiedMs : Math.max(modifiedMs, Date.parse(before.version) + 1));
  }

  return {
    entries,
    versionsOf: (id) => versions.get(id) ?? [],
    isRevoked: (id) => latestOf(id)?.revoked === true,
    begin(timeMs) {
      group++;
      nowMs = timeMs;
    },
    nowMs: () => nowMs,
    addVersion: (draft, modifiedMs) => add(draft, false, versionAfter(draft.id, modifiedMs)),
    addOnce(object, content, about) {
      const id = textIn(object, 'id');
      if (!versions.has(id)) add({ id, content, about }, false, textIn(object, 'modified') || textIn(object, 'created'));
    },
    revoke(id) {
      const latest = latestOf(id);
      if (latest !== undefined && !latest.revoked) add(latest, true, versionAfter(id, nowMs));
    },
    nameOf(kind, uuid) {
      const generation = generations.get(`${kind} ${uuid}`) ?? 0;
      return generation === 0 ? uuid : uuidV5(namespace, `${uuid} ${generation}`);
    },
    rename: (kind, uuid) => void generations.set(`${kind} ${uuid}`, (generations.get(`${kind} ${uuid}`) ?? 0) + 1),
  };
}
