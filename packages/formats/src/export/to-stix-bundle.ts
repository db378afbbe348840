import { type IncidentSummary, type Link, type Signal, type Tlp, tlpLevels, uuidV5 } from '@samenhang/domain';
import type { JsonObject } from '../json/json-value.ts';
import { ownExtensionDefinition, ownIdentity } from './own-extension.ts';
import { stixIncident } from './stix-incident.ts';
import { stixJudgement } from './stix-judgement.ts';
import { stixOfSignal, stixTime } from './stix-signal.ts';
import { stixTlpDefinition } from './tlp-definitions.ts';

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

/**
 * Signals, their incident and what was judged about it as STIX 2.1, with the definitions of its markings. The same input gives the same bytes; reading
 * the bundle back gives the signals as they were, but for `raw` and what ingest added.
 */
export function toStixBundle({ signals, incident, links = [] }: StixExport): StixBundle {
  const known = new Set(signals.map(({ id }) => id));
  const told: readonly JsonObject[] = [
    ownIdentity,
    ownExtensionDefinition,
    ...signals.flatMap(stixOfSignal),
    ...(incident === undefined ? [] : objectsOfIncident(incident, signals)),
    ...links.filter(({ a, b }) => known.has(a) && known.has(b)).map((link) => linkObject(link, signals)),
  ];
  const objects = new Map([...definitionsFor(signals, incident), ...told].map((object) => [String(object.id), object]));
  const ids = [...objects.keys()].sort();
  return {
    type: 'bundle',
    id: `bundle--${uuidV5(bundleNamespace, JSON.stringify([ids, incident?.revision ?? 0]))}`,
    objects: [...objects.values()],
  };
}

const bundleNamespace = '5d2c9d7e-8e7b-5f0a-a3c4-4b8f5f6f1d20';

function definitionsFor(signals: readonly Signal[], incident: IncidentSummary | undefined): readonly JsonObject[] {
  const markings = [...signals, ...(incident === undefined ? [] : [incident, ...incident.judgements])].map(({ marking }) => marking.tlp);
  const used = new Set<Tlp>(markings);
  return tlpLevels.filter((tlp) => used.has(tlp)).map(stixTlpDefinition);
}

/** It came to be when its anchor was first received, and changed when the newest of what it holds came in. */
function objectsOfIncident(incident: IncidentSummary, signals: readonly Signal[]): readonly JsonObject[] {
  const first = signals.find(({ id }) => id === incident.id)?.firstReceivedAt ?? incident.firstSeen;
  const instants = [first, ...signals.map(({ receivedAt }) => receivedAt), ...incident.judgements.map(({ at }) => at)].map(Date.parse);
  const told = stixIncident({
    incident,
    type: incident.status === 'new' ? 'grouping' : 'incident',
    refs: signals.map(({ id }) => `report--${id}`),
    created: stixTime(Date.parse(first)),
    modified: stixTime(Math.max(...instants)),
  });
  const judged = incident.judgements.map((judgement) => stixJudgement(judgement, String(told.id)));
  return [told, ...judged.filter((object) => object !== undefined)];
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
