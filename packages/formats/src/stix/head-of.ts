import type { Marking, ObservedAt, PostedSignal } from '@samenhang/domain';
import { revisionOfAge } from '../drafting/revision-of-age.ts';
import type { DraftHead } from '../drafting/signal-drafting.ts';
import { observedBetween, startMsOf, timeText, withFidelity } from '../drafting/time-text.ts';
import { member, numberOf, objectOf, textOf } from '../json/json-value.ts';
import type { ParseOptions } from '../parsed-file.ts';
import type { Lead } from './choose-leads.ts';
import type { ObjectGraph } from './object-graph.ts';
import { observableValues } from './observable-values.ts';
import { patternValues } from './pattern-values.ts';
import { containers } from './roles.ts';
import { type StixObject, versionMs } from './stix-object.ts';

const defaultMarking: Marking = { tlp: 'amber' };

/** The identity, time and title of the signal that an object leads; undefined when nothing in it says when. */
export function headOf(lead: Lead, graph: ObjectGraph, options: ParseOptions): DraftHead | undefined {
  const { object, members, within } = lead;
  const { value } = object;
  const sightings = [object, ...members].flatMap(({ id }) => graph.sightings(id));
  const observedAt = observedOf(object, sightings) ?? earliest([...members, ...relationsOf(lead, graph)]);
  if (observedAt === undefined) return undefined;
  const reportedAt = timeText(textOf(value, 'published') ?? textOf(value, 'modified') ?? textOf(value, 'created'));
  return {
    at: object.at,
    source: sourceOf(object, graph, options, within),
    // A campaign says more in one report than in another: each report's view of it is a signal of its own.
    externalId: within === undefined || containers.has(object.type) ? object.id : `${within.id}/${object.id}`,
    sourceType: options.sourceType ?? 'ras',
    title: titleOf(object),
    observedAt,
    defaultMarking: options.marking ?? defaultMarking,
    revision: revisionOf(lead, graph),
    ...(member(value, 'revoked') === true ? { kind: 'retraction' } : {}),
    reportedAt,
    lang: textOf(value, 'lang'),
    reliability: reliabilityOf(object, graph),
    credibility: credibilityOf(numberOf(value, 'confidence')),
    raw: value,
  };
}

/** The channel's name when it has one; else who made the object, or the report that it was taken from: a name, an identifier, or a word for nobody. */
export function sourceOf(object: StixObject, graph: ObjectGraph, options: ParseOptions, within?: StixObject): string {
  return (
    options.source ?? producerOf(object, graph) ?? (within === undefined ? undefined : producerOf(within, graph)) ?? 'unnamed STIX producer'
  );
}

function producerOf({ value }: StixObject, graph: ObjectGraph): string | undefined {
  const ref = textOf(value, 'created_by_ref') ?? textOf(value, 'x_opencti_created_by_ref');
  const identity = ref === undefined ? undefined : graph.objects.get(ref);
  return (identity === undefined ? undefined : textOf(identity.value, 'name')) ?? ref;
}

function relationsOf({ object, members }: Lead, graph: ObjectGraph): readonly StixObject[] {
  const inside = new Set([object.id, ...members.map(({ id }) => id)]);
  return [...inside].flatMap((id) =>
    graph
      .neighbours(id)
      .filter((neighbour) => neighbour.outgoing && inside.has(neighbour.id))
      .map(({ relationship }) => relationship),
  );
}

/** Rises with the newest change of anything that the signal says. */
function revisionOf(lead: Lead, graph: ObjectGraph): number {
  const start = startMsOf(textOf(lead.object.value, 'created'));
  if (start === undefined) return 1;
  let newest = versionMs(lead.object);
  for (const object of [...lead.members, ...relationsOf(lead, graph)]) newest = Math.max(newest, versionMs(object));
  return revisionOfAge(newest - start);
}

const spans = [
  ['first_seen', 'last_seen'],
  ['first_observed', 'last_observed'],
  ['start_time', 'end_time'],
  ['start_time', 'stop_time'],
] as const;

/** When it was seen: its own interval, that of its sightings, of the incident extension, or else when it was published, became valid or was made. */
function observedOf(object: StixObject, sightings: readonly StixObject[]): ObservedAt | undefined {
  return ownSpan(object) ?? sightings.map(ownSpan).find((span) => span !== undefined) ?? extensionSpan(object) ?? momentOf(object);
}

function ownSpan({ value }: Pick<StixObject, 'value'>): ObservedAt | undefined {
  for (const [start, end] of spans) {
    const from = withFidelity(timeText(textOf(value, start)), textOf(value, `${start}_fidelity`));
    const to = withFidelity(timeText(textOf(value, end)), textOf(value, `${end}_fidelity`));
    const span = observedBetween(from, to);
    if (span !== undefined) return span;
  }
  return undefined;
}

function extensionSpan({ value }: StixObject): ObservedAt | undefined {
  for (const name of Object.keys(objectOf(value, 'extensions') ?? {})) {
    const extension = objectOf(objectOf(value, 'extensions') ?? {}, name);
    const span = extension === undefined ? undefined : ownSpan({ value: extension });
    if (span !== undefined) return span;
  }
  return undefined;
}

const momentOf = ({ value }: StixObject): string | undefined =>
  timeText(textOf(value, 'published') ?? textOf(value, 'valid_from') ?? textOf(value, 'created') ?? textOf(value, 'publication_date'));

/** Cyber-observables carry no time: the first that anything around them says. */
function earliest(objects: readonly StixObject[]): ObservedAt | undefined {
  let first: string | undefined;
  for (const object of objects) {
    const moment = momentOf(object);
    if (moment !== undefined && (first === undefined || (startMsOf(moment) ?? 0) < (startMsOf(first) ?? 0))) first = moment;
  }
  return first;
}

function titleOf(object: StixObject): string {
  const { type, value, id } = object;
  const name = textOf(value, 'name') ?? textOf(value, 'abstract');
  if (name !== undefined) return name;
  const values = type === 'indicator' ? (patternValues(textOf(value, 'pattern') ?? '')?.values ?? []) : observableValues(type, value);
  const first = values[0];
  return first === undefined ? id : `${type === 'indicator' ? 'Indicator' : 'Observed'}: ${first.type} ${first.value}`;
}

/** OpenCTI writes the Admiralty grade of a party as `B - Usually reliable`; F means unknown. */
function reliabilityOf(object: StixObject, graph: ObjectGraph): PostedSignal['reliability'] {
  const producer = graph.objects.get(textOf(object.value, 'created_by_ref') ?? '');
  const grade = (
    textOf(object.value, 'x_opencti_reliability') ?? (producer === undefined ? undefined : textOf(producer.value, 'x_opencti_reliability'))
  )
    ?.trim()
    .charAt(0)
    .toUpperCase();
  return grade === 'A' || grade === 'B' || grade === 'C' || grade === 'D' || grade === 'E' ? grade : undefined;
}

/** STIX 2.1 appendix A, Admiralty scale: 80 and more is 1, less than 20 is 5; none, or 0, cannot be judged. */
function credibilityOf(confidence: number | undefined): number | undefined {
  if (confidence === undefined || confidence <= 0 || confidence > 100) return undefined;
  return Math.max(1, 5 - Math.floor(confidence / 20));
}
