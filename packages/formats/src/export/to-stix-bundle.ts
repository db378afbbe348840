import { type IncidentSummary, type Link, type Marking, observedSpan, type PostedSignal, type Signal, uuidV5 } from '@samenhang/domain';
import type { JsonObject } from '../json/json-value.ts';
import { tlpMarkingIds } from '../stix/tlp-marking.ts';
import { type OwnReport, ownExtensionDefinition, ownExtensionId, ownIdentity } from './own-extension.ts';
import { stixIdentity, stixLocation, stixObservable, stixTechnique } from './stix-knowledge.ts';

/** A STIX 2.1 bundle. */
export interface StixBundle {
  readonly type: 'bundle';
  readonly id: string;
  readonly objects: readonly JsonObject[];
}

/** What is exported: signals, and where they belong together the incident and its links. */
export interface StixExport {
  readonly signals: readonly Signal[];
  readonly incident?: IncidentSummary;
  readonly links?: readonly Link[];
}

/** Signals and their incident as STIX 2.1. The same input gives the same bytes; reading the bundle back gives the signals as they were, but for `raw` and what ingest added. */
export function toStixBundle({ signals, incident, links = [] }: StixExport): StixBundle {
  const objects = new Map<string, JsonObject>();
  const add = (object: JsonObject): string => {
    const id = String(object.id);
    objects.set(id, object);
    return id;
  };
  add(ownIdentity);
  add(ownExtensionDefinition);
  for (const signal of signals) for (const object of objectsOfSignal(signal)) add(object);
  if (incident !== undefined) add(incidentObject(incident, signals));
  const known = new Set(signals.map(({ id }) => id));
  for (const link of links) if (known.has(link.a) && known.has(link.b)) add(linkObject(link, signals));
  const ids = [...objects.keys()].sort();
  return {
    type: 'bundle',
    id: `bundle--${uuidV5(bundleNamespace, JSON.stringify([ids, incident?.revision ?? 0]))}`,
    objects: [...objects.values()],
  };
}

const bundleNamespace = '5d2c9d7e-8e7b-5f0a-a3c4-4b8f5f6f1d20';

/** STIX wants UTC with a `Z` and at least milliseconds. */
const stixTime = (ms: number): string => new Date(ms).toISOString();
const received = (signal: Signal, which: 'receivedAt' | 'firstReceivedAt'): string => stixTime(Date.parse(signal[which]));

const markingRefs = ({ tlp }: Marking): readonly string[] => [tlpMarkingIds[tlp]];

function objectsOfSignal(signal: Signal): readonly JsonObject[] {
  const identity = stixIdentity(signal.source);
  const observables = signal.observables.map(stixObservable);
  const knowledge = [...signal.techniques.map(stixTechnique), ...signal.places.map(stixLocation)];
  const span = observedSpan(signal.observedAt);
  const observed: readonly JsonObject[] =
    observables.length === 0
      ? []
      : [
          {
            type: 'observed-data',
            spec_version: '2.1',
            id: `observed-data--${signal.id}`,
            created_by_ref: identity.id,
            created: received(signal, 'firstReceivedAt'),
            modified: received(signal, 'receivedAt'),
            first_observed: stixTime(span.startMs),
            last_observed: stixTime(span.endMs),
            number_observed: 1,
            object_refs: [...new Set(observables.map(({ id }) => id))],
            object_marking_refs: markingRefs(signal.marking),
          },
        ];
  const refs = [...observed, ...observables, ...knowledge].map(({ id }) => id);
  return [identity, ...observables, ...knowledge, ...observed, reportObject(signal, identity, refs.length === 0 ? [identity.id] : refs)];
}

function reportObject(signal: Signal, identity: JsonObject, refs: readonly unknown[]): JsonObject {
  return {
    type: 'report',
    spec_version: '2.1',
    id: `report--${signal.id}`,
    created_by_ref: identity.id,
    created: received(signal, 'firstReceivedAt'),
    modified: received(signal, 'receivedAt'),
    published: stixTime(observedSpan(signal.reportedAt ?? signal.observedAt).startMs),
    name: signal.title,
    ...(signal.text === '' ? {} : { description: signal.text }),
    ...(signal.lang === undefined ? {} : { lang: signal.lang }),
    // STIX 2.1 appendix A: Admiralty 1 to 5 as 90, 70, 50, 30, 10; what cannot be judged has no confidence.
    ...(signal.credibility === undefined || signal.credibility > 5 ? {} : { confidence: 110 - 20 * signal.credibility }),
    ...(signal.kind === 'retraction' ? { revoked: true } : {}),
    report_types: ['observed-data'],
    object_refs: [...new Set(refs)],
    ...(signal.origin?.urls === undefined || signal.origin.urls.length === 0
      ? {}
      : { external_references: signal.origin.urls.map((url) => ({ source_name: 'origin', url })) }),
    object_marking_refs: markingRefs(signal.marking),
    extensions: { [ownExtensionId]: extensionOf(signal) },
  };
}

function extensionOf(signal: PostedSignal): OwnReport {
  const { marking, origin } = signal;
  return {
    extension_type: 'property-extension',
    holds: 'signal',
    source: signal.source,
    external_id: signal.externalId,
    revision: signal.revision,
    source_type: signal.sourceType,
    kind: signal.kind,
    title: signal.title,
    text: signal.text,
    lang: signal.lang,
    observed_at: signal.observedAt,
    reported_at: signal.reportedAt,
    themes: signal.themes,
    sectors: signal.sectors,
    targets: signal.targets,
    reliability: signal.reliability,
    credibility: signal.credibility,
    communities: marking.communities,
    exercise: marking.exercise,
    derived_from: origin?.derivedFrom,
    attachments: signal.attachments,
  };
}

/** A set that nobody judged yet is a grouping; one that is worked on is an incident (core extension ef765651). */
function incidentObject(incident: IncidentSummary, signals: readonly Signal[]): JsonObject {
  const refs = signals.map(({ id }) => `report--${id}`);
  const common = {
    spec_version: '2.1',
    created_by_ref: ownIdentity.id,
    created: stixTime(Date.parse(incident.firstSeen)),
    modified: stixTime(Date.parse(incident.lastSeen)),
    name: incident.title,
    description: incident.summary,
    object_marking_refs: markingRefs(incident.marking),
  };
  const own = {
    [ownExtensionId]: {
      extension_type: 'property-extension',
      holds: 'incident',
      revision: incident.revision,
      ruleset: incident.rulesetVersion,
    },
  };
  if (incident.status === 'new')
    return {
      type: 'grouping',
      id: `grouping--${incident.id}`,
      ...common,
      context: 'suspicious-activity',
      object_refs: refs,
      extensions: own,
    };
  const core = {
    extension_type: 'property-extension',
    determination: 'suspected',
    investigation_status: incident.status === 'resolved' || incident.status === 'closed' ? 'closed' : 'open',
    other_object_refs: refs,
  };
  return {
    type: 'incident',
    id: `incident--${incident.id}`,
    ...common,
    extensions: { 'extension-definition--ef765651-680c-498d-9894-99799f2fa126': core, ...own },
  };
}

function linkObject(link: Link, signals: readonly Signal[]): JsonObject {
  const newest = Math.max(...signals.filter(({ id }) => id === link.a || id === link.b).map(({ receivedAt }) => Date.parse(receivedAt)));
  return {
    type: 'relationship',
    spec_version: '2.1',
    id: `relationship--${uuidV5(bundleNamespace, JSON.stringify([link.a, link.b]))}`,
    created_by_ref: ownIdentity.id,
    created: stixTime(newest),
    modified: stixTime(newest),
    relationship_type: 'related-to',
    source_ref: `report--${link.a}`,
    target_ref: `report--${link.b}`,
    description: link.evidence.map(({ says }) => says).join('; '),
  };
}
