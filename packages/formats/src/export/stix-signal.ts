import { type Marking, observedSpan, type PostedSignal, type Signal, uuidV5 } from '@samenhang/domain';
import type { JsonObject } from '../json/json-value.ts';
import { tlpMarkingIds } from '../stix/tlp-marking.ts';
import { type OwnReportDraft, ownExtensionId } from './own-extension.ts';
import { stixIdentity, stixLocation, stixObservable, stixTechnique } from './stix-knowledge.ts';

/** STIX wants UTC with a `Z` and at least milliseconds. */
export const stixTime = (ms: number): string => new Date(ms).toISOString();
const received = (signal: Signal, which: 'receivedAt' | 'firstReceivedAt'): string => stixTime(Date.parse(signal[which]));

/** The marking of an object, by reference. */
export const markingRefs = ({ tlp }: Marking): readonly string[] => [tlpMarkingIds[tlp]];

/** A signal as STIX 2.1: its report after everything the report refers to, and a sighting of each technique that it tells of. The identifiers of what is its own follow from `signal.id`. */
export function stixOfSignal(signal: Signal): readonly JsonObject[] {
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
  const report = reportObject(signal, identity, refs.length === 0 ? [identity.id] : refs);
  const sightings = signal.techniques.map((technique) => sightingOf(signal, stixTechnique(technique), identity, observed));
  return [identity, ...observables, ...knowledge, ...observed, report, ...sightings];
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

/** STIX has no empty lists (section 3.1). */
const unlessEmpty = <T>(list: T[] | undefined): T[] | undefined => (list === undefined || list.length === 0 ? undefined : list);

function extensionOf(signal: PostedSignal): OwnReportDraft {
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
    themes: unlessEmpty(signal.themes),
    sectors: unlessEmpty(signal.sectors),
    targets: unlessEmpty(signal.targets),
    places: unlessEmpty(signal.places),
    observables: unlessEmpty(signal.observables),
    techniques: unlessEmpty(signal.techniques),
    reliability: signal.reliability,
    credibility: signal.credibility,
    communities: unlessEmpty(marking.communities),
    exercise: marking.exercise,
    derived_from: unlessEmpty(origin?.derivedFrom),
    attachments: unlessEmpty(signal.attachments),
  };
}

const sightingNamespace = 'a3f1c0de-6c52-5b0e-9f0b-2f8f5f0d7c11';

/** That the source met with a technique: when it observed it, and in what. */
function sightingOf(signal: Signal, technique: JsonObject, identity: JsonObject, observed: readonly JsonObject[]): JsonObject {
  const span = observedSpan(signal.observedAt);
  return {
    type: 'sighting',
    spec_version: '2.1',
    id: `sighting--${uuidV5(sightingNamespace, JSON.stringify([signal.id, technique.id]))}`,
    created_by_ref: identity.id,
    created: received(signal, 'firstReceivedAt'),
    modified: received(signal, 'receivedAt'),
    first_seen: stixTime(span.startMs),
    last_seen: stixTime(span.endMs),
    count: 1,
    sighting_of_ref: technique.id,
    ...(observed.length === 0 ? {} : { observed_data_refs: observed.map(({ id }) => id) }),
    where_sighted_refs: [identity.id],
    object_marking_refs: markingRefs(signal.marking),
  };
}
