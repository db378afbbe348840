import { member } from '../json/json-value.ts';
import type { Remark } from '../parsed-file.ts';
import type { ObjectGraph } from './object-graph.ts';
import { createWalk } from './object-walk.ts';
import { activities, containers, isCatalogueType, isEvidence, isShared, leadRank } from './roles.ts';
import type { StixObject } from './stix-object.ts';

/** One signal to be: the object that leads it, everything it speaks of, and the report that it was taken from. */
export interface Lead {
  readonly object: StixObject;
  readonly members: readonly StixObject[];
  readonly within: StixObject | undefined;
}

/** Most memberships of objects in signals that one file may ask for: objects that all refer to each other would give their square. */
const membershipLimit = 600_000;

/** Which objects of a bundle become signals, and what each of them holds. What no signal holds is remarked on; undefined when the objects are too interwoven. */
export function chooseLeads(graph: ObjectGraph): { readonly leads: readonly Lead[]; readonly dropped: readonly Remark[] } | undefined {
  const claimed = new Set<string>();
  const leads: Lead[] = [];
  const walk = createWalk(graph, membershipLimit);
  const add = (object: StixObject, ids: Iterable<string>, within?: StixObject): void => {
    const members = [...new Set(ids)].filter((id) => id !== object.id).flatMap((id) => usable(graph, id));
    leads.push({ object, members, within });
    claimed.add(object.id);
    for (const { id } of members) claimed.add(id);
  };
  const objects = [...graph.objects.values()].filter(({ type }) => type !== 'relationship' && type !== 'sighting');
  const contained = new Set(
    objects.flatMap(({ id, type }) => (containers.has(type) && type !== 'observed-data' ? graph.references(id) : [])),
  );
  for (const object of objects) {
    if (isContainer(object, graph, contained) && !walk.exhausted()) add(object, walk.membersOfContainer(object));
  }
  if (walk.exhausted()) return undefined;
  const reports = new Map(
    leads.filter(({ object }) => object.type === 'report').flatMap((lead) => lead.members.map(({ id }) => [id, lead.object])),
  );
  for (const [index, lead] of leads.entries()) leads[index] = { ...lead, within: reports.get(lead.object.id) };
  const holders = new Map(leads.flatMap((lead) => lead.members.map(({ id }) => [id, lead.object])));
  for (const object of objects) {
    if (!activities.has(object.type) || isRevokedMember(object, reports)) continue;
    const within = reports.get(object.id) ?? holders.get(object.id);
    if (walk.exhausted()) return undefined;
    const around = walk.around(object.id);
    if (within === undefined || around.some((id) => isEvidence(graph.objects.get(id)?.type ?? ''))) add(object, around, within);
  }
  const catalogue = objects.some(({ type }) => isCatalogueType(type));
  for (const group of leftOver(
    objects.filter((object) => !(isRevoked(object) && contained.has(object.id))),
    claimed,
    graph,
  )) {
    const lead = group.reduce((best, object) => ((leadRank(object.type) ?? 99) < (leadRank(best.type) ?? 99) ? object : best));
    const seen = group.some(({ type }) => isEvidence(type));
    if (catalogue && !seen) continue;
    add(lead, [...group.map(({ id }) => id), ...group.flatMap(({ id }) => contextOf(id, graph))]);
  }
  return walk.exhausted() ? undefined : { leads, dropped: remarksOn(objects, claimed, catalogue) };
}

const isRevoked = ({ value }: StixObject): boolean => member(value, 'revoked') === true;
const isRevokedMember = (object: StixObject, reports: ReadonlyMap<string, StixObject>): boolean =>
  isRevoked(object) && reports.has(object.id);

/** A member that was revoked says nothing any more; one that leads a signal makes it a retraction. */
function usable(graph: ObjectGraph, id: string): readonly StixObject[] {
  const object = graph.objects.get(id);
  return object === undefined || isRevoked(object) || object.type === 'relationship' || object.type === 'sighting' ? [] : [object];
}

/** Observed data that a sighting or report refers to is part of it, not a report of its own. */
function isContainer({ id, type }: StixObject, graph: ObjectGraph, contained: ReadonlySet<string>): boolean {
  if (!containers.has(type)) return false;
  return (
    type !== 'observed-data' || !(contained.has(id) || graph.neighbours(id).some(({ relationship }) => relationship.type === 'sighting'))
  );
}

/** Techniques, places, parties and other shared knowledge next to an object. */
const contextOf = (id: string, graph: ObjectGraph): readonly string[] =>
  [...graph.references(id), ...graph.neighbours(id).map((neighbour) => neighbour.id)].filter((other) =>
    isShared(graph.objects.get(other)?.type ?? ''),
  );

/** The unclaimed objects that may lead a signal, in groups that are connected among themselves; an unclaimed vulnerability is a group of its own. */
function leftOver(objects: readonly StixObject[], claimed: ReadonlySet<string>, graph: ObjectGraph): readonly (readonly StixObject[])[] {
  const free = new Map(
    objects.filter((object) => !claimed.has(object.id) && leadRank(object.type) !== undefined).map((object) => [object.id, object]),
  );
  const linked = new Map<string, string[]>();
  const link = (a: string, b: string): void => {
    if (!free.has(a) || !free.has(b)) return;
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const ends = linked.get(from);
      if (ends === undefined) linked.set(from, [to]);
      else ends.push(to);
    }
  };
  for (const id of free.keys()) {
    for (const other of graph.references(id)) link(id, other);
    for (const { id: other, outgoing } of graph.neighbours(id)) if (outgoing) link(id, other);
  }
  const groups: StixObject[][] = [];
  const seen = new Set<string>();
  for (const start of free.keys()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const ids = [start];
    for (const id of ids) {
      for (const other of linked.get(id) ?? []) {
        if (!seen.has(other)) {
          seen.add(other);
          ids.push(other);
        }
      }
    }
    groups.push(ids.flatMap((id) => free.get(id) ?? []));
  }
  const spoken = new Set(groups.flat().flatMap(({ id }) => contextOf(id, graph)));
  const alone = objects.filter((object) => object.type === 'vulnerability' && !claimed.has(object.id) && !spoken.has(object.id));
  return [...groups, ...alone.map((object) => [object])];
}

const silent: ReadonlySet<string> = new Set(['marking-definition', 'identity', 'extension-definition']);

/** Markings, producers and extension definitions are used where they are referred to; the rest says why it is in no signal. */
function remarksOn(objects: readonly StixObject[], claimed: ReadonlySet<string>, catalogue: boolean): readonly Remark[] {
  const used = new Set(objects.filter(({ id }) => claimed.has(id)).flatMap(({ value }) => bookkeepingRefs(value)));
  return objects.flatMap((object) => {
    if (claimed.has(object.id)) return [];
    if (silent.has(object.type) && used.has(object.id)) return [];
    return [{ at: object.at, reason: reasonFor(object, catalogue) }];
  });
}

function bookkeepingRefs(value: StixObject['value']): readonly string[] {
  const refs = [
    member(value, 'created_by_ref'),
    member(value, 'x_opencti_created_by_ref'),
    ...[member(value, 'object_marking_refs')].flat(),
    ...Object.keys(typeof member(value, 'extensions') === 'object' ? (member(value, 'extensions') ?? {}) : {}),
  ];
  return refs.filter((ref): ref is string => typeof ref === 'string');
}

function reasonFor(object: StixObject, catalogue: boolean): string {
  if (isRevoked(object)) return `revoked: ${object.type}`;
  if (object.type === 'marking-definition') return 'a marking that nothing taken over refers to';
  if (object.type === 'extension-definition') return 'the definition of an extension, which reports nothing';
  if (object.type === 'identity' || object.type === 'location') return `no report refers to this ${object.type}`;
  if (object.type === 'bundle') return 'a bundle inside a bundle';
  if (object.type.startsWith('x-')) return `an object of the type ${object.type.slice(0, 60)}, which is not modelled`;
  return catalogue
    ? `knowledge of a catalogue (${object.type}): no report, campaign or observation`
    : `nothing reported refers to this ${object.type.slice(0, 60)}`;
}
