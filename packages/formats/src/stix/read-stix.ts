import { type Marking, type PostedSignal, signalId } from '@samenhang/domain';
import { draftSignal, type SignalDrafting } from '../drafting/signal-drafting.ts';
import { isObject, member, textOf } from '../json/json-value.ts';
import type { LocatedValue } from '../native/read-signals.ts';
import { type FileFormat, type ParseOptions, type Reading, type Remark, refuse } from '../parsed-file.ts';
import { chooseLeads, type Lead } from './choose-leads.ts';
import { headOf, sourceOf } from './head-of.ts';
import { buildGraph, type ObjectGraph } from './object-graph.ts';
import { isOwnIncident, readOwnReport } from './read-own-report.ts';
import { speakFor } from './speak-for.ts';
import { indexObjects, looksLikeStixObject, type StixObject } from './stix-object.ts';
import { markingRefs, meaningOfMarking } from './tlp-marking.ts';

/** True for a bundle or an object of STIX 2. */
export const looksLikeStix = (value: unknown): boolean =>
  isObject(value) && ((member(value, 'type') === 'bundle' && Array.isArray(member(value, 'objects'))) || looksLikeStixObject(value));

/** Reads STIX 2.1 and 2.0: bundles, lists of objects and single objects, all as one bundle. One signal per report, incident, grouping or campaign, or per group of what no report holds. */
export function readStix(items: readonly LocatedValue[], options: ParseOptions): Reading {
  const format = versionOf(items);
  const { objects, dropped: unusable } = indexObjects(items.flatMap(objectsOfBundle));
  const { graph, dropped: unrelated } = buildGraph(objects);
  const chosen = chooseLeads(graph);
  if (chosen === undefined)
    return refuse(format, items[0]?.at ?? '$', 'the objects refer to each other so densely that their reports cannot be told apart');
  const signals: PostedSignal[] = [];
  const dropped: Remark[] = [...unusable, ...unrelated, ...chosen.dropped];
  const producers = producersOf(graph);
  const heard = new Set<string>();
  for (const lead of chosen.leads) {
    if (isOwnIncident(lead.object)) {
      for (const { id } of lead.members) heard.add(id);
      dropped.push({ at: lead.object.at, reason: 'an incident that a Samenhang computed: the reports it is made of are read instead' });
      continue;
    }
    const own = readOwnReport(lead.object, graph, options);
    if (own !== undefined) {
      for (const { id } of lead.members) heard.add(id);
      signals.push(own);
      continue;
    }
    const made = draftOf(lead, graph, options, producers, heard);
    if (made === undefined)
      dropped.push({ at: lead.object.at, reason: `a ${lead.object.type} that says nowhere when it was seen or made` });
    else {
      const finished = made.finish();
      signals.push(...finished.signals);
      dropped.push(...finished.dropped);
    }
  }
  const led = new Set(chosen.leads.map(({ object }) => object.id));
  const members = new Map(chosen.leads.flatMap((lead) => lead.members).map((object) => [object.id, object]));
  for (const { id, at, type } of members.values()) {
    if (!heard.has(id) && !led.has(id)) dropped.push({ at, reason: `this ${type.slice(0, 60)} says nothing that a signal holds` });
  }
  return { kind: 'read', format, signals, relationships: graph.relationships, dropped };
}

/** Markings and producers are heard by what they are to others. */
const isHeardOtherwise = ({ id, type }: StixObject, producers: ReadonlySet<string>): boolean =>
  type === 'marking-definition' || type === 'extension-definition' || producers.has(id);

function objectsOfBundle({ at, value }: LocatedValue): readonly LocatedValue[] {
  if (!isObject(value) || member(value, 'type') !== 'bundle') return [{ at, value }];
  const objects = member(value, 'objects');
  const prefix = at === '$' ? '' : `${at}.`;
  return Array.isArray(objects) ? objects.map((object, index) => ({ at: `${prefix}objects[${index}]`, value: object })) : [];
}

/** STIX 2.0 puts the version on the bundle and on no object. */
function versionOf(items: readonly LocatedValue[]): FileFormat {
  return items.some(({ value }) => isObject(value) && member(value, 'type') === 'bundle' && textOf(value, 'spec_version') === '2.0')
    ? 'stix-2.0'
    : 'stix-2.1';
}

const producersOf = (graph: ObjectGraph): ReadonlySet<string> =>
  new Set(
    [...graph.objects.values()].flatMap(({ value }) => textOf(value, 'created_by_ref') ?? textOf(value, 'x_opencti_created_by_ref') ?? []),
  );

function draftOf(
  lead: Lead,
  graph: ObjectGraph,
  options: ParseOptions,
  producers: ReadonlySet<string>,
  heard: Set<string>,
): SignalDrafting | undefined {
  const head = headOf(lead, graph, options);
  if (head === undefined) return undefined;
  const draft = draftSignal(head);
  markDraft(draft, lead, graph, head.defaultMarking);
  const description = textOf(lead.object.value, 'description');
  if (description !== undefined) draft.line(description);
  speakFor(lead.object, draft, { targeted: false, spokenOf: true, leads: true });
  for (const object of lead.members) {
    const before = draft.said;
    speakFor(object, draft, partOf(object, graph, producers));
    if (draft.said > before || isHeardOtherwise(object, producers)) heard.add(object.id);
  }
  for (const sighting of [lead.object, ...lead.members].flatMap(({ id }) => graph.sightings(id))) describeRelation(sighting, draft);
  if (lead.within !== undefined) draft.derivedFrom(signalId(sourceOf(lead.within, graph, options), lead.within.id));
  return draft;
}

function describeRelation({ value }: StixObject, draft: SignalDrafting): void {
  const description = textOf(value, 'description');
  if (description !== undefined) draft.line(description);
}

/** A party is a target when a relationship says so; a party that only published is not spoken of. */
function partOf(object: StixObject, graph: ObjectGraph, producers: ReadonlySet<string>) {
  const related = graph.neighbours(object.id);
  const targeted = related.some(
    ({ relationship, outgoing }) =>
      !outgoing && ['targets', 'impacts', 'compromises', 'victim'].includes(textOf(relationship.value, 'relationship_type') ?? ''),
  );
  return { targeted, spokenOf: related.length > 0 || !producers.has(object.id) };
}

/** The highest marking of everything that the signal says; an unmarked report, and a marking that nobody knows, count as the channel's default. */
function markDraft(draft: SignalDrafting, { object, members }: Lead, graph: ObjectGraph, unmarked: Marking): void {
  const levels = (of: StixObject) => markingRefs(of.value).map((id) => meaningOfMarking(id, graph.objects.get(id)));
  const own = levels(object);
  if (!own.some((meaning) => meaning !== 'no-tlp' && meaning !== 'unknown')) draft.marking(unmarked);
  for (const meaning of [...own, ...members.flatMap(levels)]) {
    if (meaning === 'unknown') draft.marking(unmarked);
    else if (meaning !== 'no-tlp') draft.marking({ tlp: meaning });
  }
}
