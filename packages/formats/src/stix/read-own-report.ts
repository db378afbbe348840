import { PostedSignal, signalId } from '@samenhang/domain';
import { OwnIncident, OwnReport, ownExtensionId } from '../export/own-extension.ts';
import { ownObservableType } from '../export/stix-knowledge.ts';
import { member, numberOf, objectOf, objectsOf, textOf, textsOf } from '../json/json-value.ts';
import type { ParseOptions } from '../parsed-file.ts';
import type { ObjectGraph } from './object-graph.ts';
import { observableValues } from './observable-values.ts';
import type { StixObject } from './stix-object.ts';
import { techniqueOf } from './technique-of.ts';
import { markingRefs, meaningOfMarking } from './tlp-marking.ts';

const extensionOf = ({ value }: StixObject) => objectOf(objectOf(value, 'extensions') ?? {}, ownExtensionId);

/** True for an incident or grouping that a Samenhang made of reports: what it says is computed from them again. */
export const isOwnIncident = (object: StixObject): boolean => OwnIncident.safeParse(extensionOf(object)).success;

/** The signal that a Samenhang exported as this report, as it was; undefined when the report is anyone else's. A named channel keeps its own name, and tells where the signal came from. */
export function readOwnReport(object: StixObject, graph: ObjectGraph, options: ParseOptions): PostedSignal | undefined {
  const parsed = OwnReport.safeParse(extensionOf(object));
  if (!parsed.success) return undefined;
  const own = parsed.data;
  const held = textsOf(object.value, 'object_refs').flatMap((id) => graph.objects.get(id) ?? []);
  const urls = objectsOf(object.value, 'external_references').flatMap((reference) => textOf(reference, 'url') ?? []);
  const original = own.external_id === undefined ? [] : [signalId(own.source, own.external_id)];
  const derivedFrom = options.source === undefined ? own.derived_from : [...original, ...(own.derived_from ?? [])].slice(0, 500);
  const signal = PostedSignal.safeParse({
    source: options.source ?? own.source,
    externalId: options.source === undefined ? own.external_id : object.id,
    ...standingOf(object, own),
    sourceType: options.sourceType ?? own.source_type,
    title: own.title,
    text: own.text,
    lang: own.lang,
    observedAt: own.observed_at,
    reportedAt: own.reported_at,
    places: own.places ?? held.filter(({ type }) => type === 'location').map(placeOf),
    themes: own.themes,
    sectors: own.sectors,
    targets: own.targets,
    observables: own.observables ?? held.flatMap(observablesOf),
    techniques: own.techniques ?? held.flatMap((item) => (item.type === 'attack-pattern' ? (techniqueOf(item) ?? []) : [])),
    reliability: own.reliability,
    credibility: own.credibility,
    marking: markingOf(object, graph, own, options),
    ...(derivedFrom === undefined && urls.length === 0
      ? {}
      : { origin: { ...(derivedFrom === undefined ? {} : { derivedFrom }), ...(urls.length === 0 ? {} : { urls }) } }),
    attachments: own.attachments,
  });
  return signal.success ? signal.data : undefined;
}

/** A report that was revoked is the retraction of what it was, one revision on. */
function standingOf({ value }: StixObject, { revision, kind }: OwnReport): Pick<OwnReport, 'revision' | 'kind'> {
  return member(value, 'revoked') === true && kind !== 'retraction' ? { revision: revision + 1, kind: 'retraction' } : { revision, kind };
}

function observablesOf({ type, value }: StixObject) {
  if (type !== ownObservableType)
    return ['observed-data', 'location', 'attack-pattern', 'identity'].includes(type) ? [] : observableValues(type, value);
  const own = { type: textOf(value, 'observable_type'), value: textOf(value, 'value') };
  return own.type === undefined || own.value === undefined ? [] : [{ type: own.type, value: own.value }];
}

function placeOf({ value }: StixObject) {
  const lat = numberOf(value, 'latitude');
  const lon = numberOf(value, 'longitude');
  return {
    name: textOf(value, 'name'),
    country: textOf(value, 'country'),
    ...(lat === undefined ? {} : { lat }),
    ...(lon === undefined ? {} : { lon }),
  };
}

/** The level is read from the markings, never from the extension; without one the channel's default holds. */
function markingOf(object: StixObject, graph: ObjectGraph, own: OwnReport, options: ParseOptions) {
  const levels = markingRefs(object.value).map((id) => meaningOfMarking(id, graph.objects.get(id)));
  const level = levels.find((meaning) => meaning !== 'no-tlp' && meaning !== 'unknown');
  const base = level === undefined ? (options.marking ?? { tlp: 'amber' as const }) : { tlp: level };
  return {
    ...base,
    ...(own.communities === undefined ? {} : { communities: own.communities }),
    ...(own.exercise === undefined ? {} : { exercise: own.exercise }),
  };
}
