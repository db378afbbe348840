import type { IncidentSummary } from '@samenhang/domain';
import type { JsonObject } from '../json/json-value.ts';
import { ownExtensionId, ownIdentity } from './own-extension.ts';
import { markingRefs } from './stix-signal.ts';

/** The core extension of incidents (OASIS, STIX common objects). */
const incidentCore = 'extension-definition--ef765651-680c-498d-9894-99799f2fa126';

export interface IncidentExport {
  readonly incident: IncidentSummary;
  /** As what it is told: a set that nobody judged yet is a grouping, one that is or was worked on an incident. */
  readonly type: 'grouping' | 'incident';
  /** The reports in it. */
  readonly refs: readonly string[];
  readonly created: string;
  readonly modified: string;
}

/** An incident as STIX 2.1. */
export function stixIncident({ incident, type, refs, created, modified }: IncidentExport): JsonObject {
  const common = {
    spec_version: '2.1',
    created_by_ref: ownIdentity.id,
    created,
    modified,
    name: incident.title,
    description: incident.summary,
    object_marking_refs: markingRefs(incident.marking),
  };
  const own = { extension_type: 'property-extension', holds: 'incident', revision: incident.revision, ruleset: incident.rulesetVersion };
  const id = `${type}--${incident.id}`;
  if (type === 'grouping')
    return { type, id, ...common, context: 'suspicious-activity', object_refs: refs, extensions: { [ownExtensionId]: own } };
  const core = {
    extension_type: 'property-extension',
    determination: 'suspected',
    investigation_status: investigationOf(incident.status),
    other_object_refs: refs,
  };
  return { type, id, ...common, extensions: { [incidentCore]: core, [ownExtensionId]: own } };
}

function investigationOf(status: IncidentSummary['status']): 'new' | 'open' | 'closed' {
  if (status === 'new') return 'new';
  return status === 'resolved' || status === 'closed' ? 'closed' : 'open';
}
