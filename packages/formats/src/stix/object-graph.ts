import { isObject, type JsonObject, member, textOf } from '../json/json-value.ts';
import type { Remark } from '../parsed-file.ts';
import { isStixId, type StixObject } from './stix-object.ts';

/** One end of a relationship seen from the other. */
export interface Neighbour {
  readonly id: string;
  readonly relationship: StixObject;
  /** True when the relationship points at this neighbour. */
  readonly outgoing: boolean;
}

/** The objects of a bundle and how they are related. */
export interface ObjectGraph {
  readonly objects: ReadonlyMap<string, StixObject>;
  neighbours(id: string): readonly Neighbour[];
  /** Objects that it holds or names by reference, other than who made it and how it is marked. */
  references(id: string): readonly string[];
  sightings(id: string): readonly StixObject[];
  readonly relationships: number;
}

const isRelationType = (type: string): boolean => type === 'relationship' || type === 'sighting';

/** Builds the graph. A relationship counts when both its ends are in the file; else it is remarked on. */
export function buildGraph(objects: ReadonlyMap<string, StixObject>): { readonly graph: ObjectGraph; readonly dropped: readonly Remark[] } {
  const neighbours = new Map<string, Neighbour[]>();
  const sightings = new Map<string, StixObject[]>();
  const references = new Map<string, readonly string[]>();
  const dropped: Remark[] = [];
  let relationships = 0;
  for (const object of objects.values()) {
    if (!isRelationType(object.type)) {
      references.set(
        object.id,
        embeddedReferences(object.value).filter((id) => objects.has(id) && id !== object.id),
      );
      continue;
    }
    const problem = problemOf(object, objects);
    if (problem !== undefined) {
      dropped.push({ at: object.at, reason: problem });
      continue;
    }
    relationships += 1;
    if (object.type === 'sighting') addTo(sightings, textOf(object.value, 'sighting_of_ref') ?? '', object);
    for (const [from, to] of pairsOf(object)) {
      if (!objects.has(from) || !objects.has(to)) continue;
      addTo(neighbours, from, { id: to, relationship: object, outgoing: true });
      addTo(neighbours, to, { id: from, relationship: object, outgoing: false });
    }
  }
  const graph: ObjectGraph = {
    objects,
    neighbours: (id) => neighbours.get(id) ?? [],
    references: (id) => references.get(id) ?? [],
    sightings: (id) => sightings.get(id) ?? [],
    relationships,
  };
  return { graph, dropped };
}

function addTo<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}

/** What a relationship connects; a sighting connects what was sighted with where it was and with what was observed. */
function pairsOf({ type, value }: StixObject): readonly (readonly [string, string])[] {
  if (type === 'relationship') return [[textOf(value, 'source_ref') ?? '', textOf(value, 'target_ref') ?? '']];
  const sighted = textOf(value, 'sighting_of_ref') ?? '';
  return [...idsIn(member(value, 'observed_data_refs')), ...idsIn(member(value, 'where_sighted_refs'))].map((id) => [sighted, id]);
}

function problemOf(object: StixObject, objects: ReadonlyMap<string, StixObject>): string | undefined {
  const { type, value } = object;
  if (member(value, 'revoked') === true) return 'a relationship that was revoked';
  if (type === 'sighting') {
    const sighted = member(value, 'sighting_of_ref');
    return isStixId(sighted) && objects.has(sighted)
      ? undefined
      : `a sighting of ${String(sighted).slice(0, 120)}, which is not in the file`;
  }
  const from = member(value, 'source_ref');
  const to = member(value, 'target_ref');
  if (!isStixId(from) || !isStixId(to)) return 'a relationship without two valid ends';
  if (from === to) return 'a relationship of an object with itself';
  if (from === object.id || to === object.id) return 'a relationship with itself as an end';
  const missing = [from, to].find((id) => !objects.has(id));
  if (missing !== undefined) return `a relationship whose end ${missing} is not in the file`;
  const nested = [from, to].find((id) => isRelationType(objects.get(id)?.type ?? ''));
  return nested === undefined ? undefined : `a relationship whose end ${nested} is a relationship`;
}

const bookkeeping: ReadonlySet<string> = new Set([
  'created_by_ref',
  'object_marking_refs',
  'x_mitre_modified_by_ref',
  'x_opencti_created_by_ref',
  'granular_markings',
]);

const idsIn = (value: unknown): readonly string[] => (isStixId(value) ? [value] : Array.isArray(value) ? value.filter(isStixId) : []);

/** Identifiers under any `*_ref` or `*_refs`, in the object itself and in the structures and extensions inside it (the depth of the file is bounded). */
function embeddedReferences(value: JsonObject): readonly string[] {
  const found = new Set<string>();
  const waiting: JsonObject[] = [value];
  for (let object = waiting.pop(); object !== undefined; object = waiting.pop()) {
    for (const [key, item] of Object.entries(object)) {
      if (bookkeeping.has(key)) continue;
      if (key.endsWith('_ref') || key.endsWith('_refs')) for (const id of idsIn(item)) found.add(id);
      for (const inner of Array.isArray(item) ? item : [item]) if (isObject(inner)) waiting.push(inner);
    }
  }
  return [...found];
}
