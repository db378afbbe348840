import { countryCode } from '../drafting/country-code.ts';
import type { SignalDrafting } from '../drafting/signal-drafting.ts';
import { type JsonObject, numberOf, objectOf, objectsOf, textOf, textsOf } from '../json/json-value.ts';
import { embeddedObservables, isObservableType, observableValues } from './observable-values.ts';
import { channelValue } from './observed-value.ts';
import { patternValues } from './pattern-values.ts';
import type { StixObject } from './stix-object.ts';
import { techniqueOf } from './technique-of.ts';

/** What the signal's other objects say about this one. */
export interface Part {
  /** True when a relationship says that it is a target or victim. */
  readonly targeted: boolean;
  /** False when it only made or published objects. */
  readonly spokenOf: boolean;
  /** True for the object that gives the signal its title. */
  readonly leads?: boolean;
}

/** Adds everything that one object says to the signal that holds it. */
export function speakFor(object: StixObject, draft: SignalDrafting, part: Part): void {
  const speaker = speakers.get(object.type);
  if (speaker !== undefined) speaker(object, draft, part);
  else if (isObservableType(object.type)) speakForObservable(object, draft);
  else if (textOf(object.value, 'value') !== undefined && object.value.name === undefined) speakForObservable(object, draft);
  else describe(object, draft, part);
  for (const reference of objectsOf(object.value, 'external_references')) {
    const url = textOf(reference, 'url');
    if (url !== undefined && citing.has(object.type)) draft.url(url);
  }
}

/** References of these cite what the report is made from; those of techniques, tools and groups point into a catalogue. */
const citing: ReadonlySet<string> = new Set([
  'report',
  'incident',
  'campaign',
  'event',
  'grouping',
  'note',
  'indicator',
  'observed-data',
  'case-incident',
  'x-opencti-case-incident',
]);

type Speaker = (object: StixObject, draft: SignalDrafting, part: Part) => void;

const words = new Map([
  ['campaign', 'Campaign'],
  ['intrusion-set', 'Group'],
  ['threat-actor', 'Threat actor'],
  ['malware', 'Malware'],
  ['tool', 'Tool'],
  ['infrastructure', 'Infrastructure'],
  ['narrative', 'Narrative'],
  ['event', 'Event'],
  ['incident', 'Incident'],
  ['course-of-action', 'Course of action'],
  ['impact', 'Impact'],
  ['task', 'Task'],
  ['channel', 'Channel'],
  ['grouping', 'Grouping'],
  ['report', 'Report'],
]);

/** `Campaign: RRN (Doppelgänger)` and, below it, the description. */
function describe({ type, value }: StixObject, draft: SignalDrafting, { leads }: Part): void {
  const aliases = [...textsOf(value, 'aliases'), ...textsOf(value, 'x_opencti_aliases'), ...textsOf(value, 'x_mitre_aliases')].filter(
    (alias) => alias !== textOf(value, 'name'),
  );
  const name = textOf(value, 'name');
  const also = [...new Set(aliases)].join(', ');
  if (leads === true) draft.line(also);
  else if (name !== undefined) draft.line(`${words.get(type) ?? type}: ${name}${also === '' ? '' : ` (${also})`}`);
  const description = textOf(value, 'description') ?? textOf(value, 'x_opencti_description');
  if (description !== undefined) draft.line(description);
}

const named =
  (type: string): Speaker =>
  (object, draft, part) => {
    const name = textOf(object.value, 'name');
    if (name !== undefined) draft.observable(type, name);
    describe(object, draft, part);
  };

function speakForObservable({ type, value }: StixObject, draft: SignalDrafting): void {
  const values = observableValues(type, value);
  for (const found of values) draft.observable(found.type, found.value);
  const said = [
    'description',
    'x_opencti_description',
    'title',
    'content',
    'display_name',
    ...(type === 'text' || values.length === 0 ? ['value'] : []),
  ];
  for (const key of said) {
    const text = textOf(value, key);
    if (text !== undefined && !values.some((found) => found.value === text)) draft.line(text);
  }
}

function speakForIndicator({ value }: StixObject, draft: SignalDrafting): void {
  const pattern = textOf(value, 'pattern') ?? '';
  const stix = (textOf(value, 'pattern_type') ?? 'stix').toLowerCase() === 'stix';
  const reading = stix ? patternValues(pattern) : undefined;
  for (const found of reading?.values ?? []) draft.observable(found.type, found.value);
  if (reading?.whole !== true && pattern !== '') draft.line(`Pattern (${textOf(value, 'pattern_type') ?? 'stix'}): ${pattern}`);
  const description = textOf(value, 'description');
  if (description !== undefined) draft.line(description);
}

function speakForAttackPattern(object: StixObject, draft: SignalDrafting): void {
  const technique = techniqueOf(object);
  if (technique === undefined) draft.line(`Technique: ${textOf(object.value, 'name') ?? object.id}`);
  else draft.technique(technique);
  if (technique?.framework === 'disarm') draft.list('themes', 'disinformation');
}

function speakForLocation({ value }: StixObject, draft: SignalDrafting): void {
  const name = textOf(value, 'name') ?? textOf(value, 'city') ?? textOf(value, 'region') ?? textOf(value, 'country');
  const country =
    countryCode(textOf(value, 'country')) ?? (textOf(value, 'x_opencti_location_type') === 'Country' ? countryCode(name) : undefined);
  const lat = numberOf(value, 'latitude');
  const lon = numberOf(value, 'longitude');
  draft.place({
    ...(name === undefined ? {} : { name }),
    ...(country === undefined ? {} : { country }),
    ...(lat === undefined || lon === undefined ? {} : { lat, lon }),
  });
}

function speakForIdentity({ value }: StixObject, draft: SignalDrafting, { targeted, spokenOf }: Part): void {
  const name = textOf(value, 'name');
  const kind = textOf(value, 'identity_class')?.toLowerCase();
  for (const sector of textsOf(value, 'sectors')) if (targeted) draft.list('sectors', sector);
  if (name === undefined) return;
  if (kind === 'class' || textOf(value, 'x_opencti_type') === 'Sector') draft.list('sectors', name);
  else if (targeted) draft.list('targets', name);
  if (!spokenOf) return;
  if (kind === 'individual') draft.observable('person', name);
  else if (kind === 'organization') draft.observable('org', name);
  else draft.line(name);
}

function speakForVulnerability(object: StixObject, draft: SignalDrafting, part: Part): void {
  const ids = [
    textOf(object.value, 'name'),
    ...objectsOf(object.value, 'external_references').map((reference) => textOf(reference, 'external_id')),
  ];
  const cves = ids.filter((id): id is string => id !== undefined && /^CVE-\d{4}-\d{4,8}$/i.test(id.trim()));
  for (const cve of cves) draft.observable('cve', cve.trim().toUpperCase());
  if (cves.length === 0) describe(object, draft, part);
  const description = textOf(object.value, 'description');
  if (description !== undefined) draft.line(description);
}

function speakForChannel(object: StixObject, draft: SignalDrafting, part: Part): void {
  const name = textOf(object.value, 'name');
  const found =
    name === undefined
      ? undefined
      : channelValue(
          name,
          textsOf(object.value, 'channel_types').find((type) => type.toLowerCase() !== 'unknown'),
        );
  if (found !== undefined) draft.observable(found.type, found.value);
  else describe(object, draft, part);
  const description = textOf(object.value, 'description');
  if (description !== undefined) draft.line(description);
  draft.list('themes', 'disinformation');
}

function speakForNarrative(object: StixObject, draft: SignalDrafting, part: Part): void {
  describe(object, draft, part);
  draft.list('themes', 'disinformation');
}

function speakForNote({ value }: StixObject, draft: SignalDrafting): void {
  for (const key of ['abstract', 'content']) {
    const text = textOf(value, key);
    if (text !== undefined) draft.line(text);
  }
}

function speakForOpinion({ value }: StixObject, draft: SignalDrafting): void {
  draft.line(`Opinion: ${textOf(value, 'opinion') ?? 'none'}. ${textOf(value, 'explanation') ?? ''}`);
}

function speakForAnalysis(object: StixObject, draft: SignalDrafting): void {
  const { value } = object;
  draft.line(
    `Analysis by ${textOf(value, 'product') ?? 'an unnamed product'}: ${textOf(value, 'result_name') ?? textOf(value, 'result') ?? 'no result'}`,
  );
}

function speakForObservedData({ value }: StixObject, draft: SignalDrafting): void {
  for (const found of embeddedObservables(value)) draft.observable(found.type, found.value);
}

/** The incident extension (OASIS common objects, ef765651): types, counts of what was hit, and how it was found. */
function speakForIncident(object: StixObject, draft: SignalDrafting, part: Part): void {
  describe(object, draft, part);
  for (const extension of Object.values(objectOf(object.value, 'extensions') ?? {})) {
    if (typeof extension === 'object' && extension !== null) describeIncident({ ...extension }, draft);
  }
}

function describeIncident(extension: JsonObject, draft: SignalDrafting): void {
  const counts = Object.entries(objectOf(extension, 'impacted_entity_counts') ?? {}).map(([what, count]) => `${what} ${String(count)}`);
  const said = [
    ...textsOf(extension, 'incident_types'),
    ...[textOf(extension, 'determination'), textOf(extension, 'investigation_status')].flatMap((text) => text ?? []),
    ...textsOf(extension, 'detection_methods'),
    ...counts,
  ];
  if (said.length > 0) draft.line(said.join(', '));
}

function speakForImpact(object: StixObject, draft: SignalDrafting, part: Part): void {
  describe(object, draft, part);
  const category = textOf(object.value, 'impact_category');
  if (category !== undefined) draft.line(`Impact: ${category}`);
}

const nothing: Speaker = () => {};

const speakers: ReadonlyMap<string, Speaker> = new Map<string, Speaker>([
  ['indicator', speakForIndicator],
  ['attack-pattern', speakForAttackPattern],
  ['location', speakForLocation],
  ['identity', speakForIdentity],
  ['vulnerability', speakForVulnerability],
  ['channel', speakForChannel],
  ['narrative', speakForNarrative],
  ['note', speakForNote],
  ['opinion', speakForOpinion],
  ['malware-analysis', speakForAnalysis],
  ['observed-data', speakForObservedData],
  ['incident', speakForIncident],
  ['impact', speakForImpact],
  ['threat-actor', named('threat-actor')],
  ['threat-actor-group', named('threat-actor')],
  ['threat-actor-individual', named('threat-actor')],
  ['intrusion-set', named('threat-actor')],
  ['malware', named('malware')],
  ['tool', named('tool')],
  ['marking-definition', nothing],
  ['extension-definition', nothing],
]);
