import { countryCode } from '../drafting/country-code.ts';
import { exerciseName } from '../drafting/exercise-name.ts';
import type { SignalDrafting } from '../drafting/signal-drafting.ts';
import { type JsonObject, objectOf, objectsOf, textOf, textsOf } from '../json/json-value.ts';
import { tlpOfWord } from '../stix/tlp-marking.ts';

const techniqueShape = /\b(T[A-Z]?\d{4}(?:\.\d{3})?)\b/;

/** The parts of a machine tag, `namespace:predicate="value"`; a plain tag is all namespace. */
function partsOf(tag: string): { readonly namespace: string; readonly predicate: string; readonly value: string } {
  const colon = tag.indexOf(':');
  const equals = tag.indexOf('=', colon);
  const end = equals < 0 ? tag.length : equals;
  return {
    namespace: (colon < 0 ? tag : tag.slice(0, colon)).trim().toLowerCase(),
    predicate:
      colon < 0
        ? ''
        : tag
            .slice(colon + 1, end)
            .trim()
            .toLowerCase(),
    value:
      equals < 0
        ? ''
        : tag
            .slice(equals + 1)
            .trim()
            .replace(/^"/, '')
            .replace(/"$/, ''),
  };
}

/** What tags say of the whole event: how it may be shared, what it is graded, whether it is an exercise. */
export interface EventTags {
  readonly exercise: string | undefined;
  readonly reliability: 'A' | 'B' | 'C' | 'D' | 'E' | undefined;
  readonly credibility: number | undefined;
}

/** Reads the Admiralty grade and the exercise flag; F and 6 mean unknown. */
export function readEventTags(tags: readonly string[]): EventTags {
  let exercise: string | undefined;
  let reliability: EventTags['reliability'];
  let credibility: number | undefined;
  for (const tag of tags) {
    const { namespace, predicate, value } = partsOf(tag);
    if (namespace === 'exercise')
      exercise ??= exerciseName([predicate, value].filter((word) => word !== '' && word !== 'generic').join(' '));
    if (namespace !== 'admiralty-scale') continue;
    const grade = value.toUpperCase();
    if (predicate === 'source-reliability' && (grade === 'A' || grade === 'B' || grade === 'C' || grade === 'D' || grade === 'E'))
      reliability = grade;
    if (predicate === 'information-credibility' && /^[1-5]$/.test(value)) credibility = Number(value);
  }
  return { exercise, reliability, credibility };
}

/** Adds what a tag says: the TLP level, a technique, a group, malware, a country, a sector; other tags are words that only the raw event keeps. */
export function speakForTag(tag: string, draft: SignalDrafting): void {
  const { namespace, predicate, value } = partsOf(tag);
  const tlp = namespace === 'tlp' ? tlpOfWord(predicate) : undefined;
  if (tlp !== undefined) draft.marking({ tlp });
  if (namespace === 'misp-galaxy' && value !== '') speakForCluster(predicate, value, [], draft);
  if (namespace === 'nis' || namespace === 'nis2' || namespace === 'dhs-ciip-sectors') {
    if (predicate.includes('sector')) draft.list('sectors', value);
  }
}

/** Names of every tag of an event, object or attribute. */
export const tagsOf = (holder: JsonObject): readonly string[] => objectsOf(holder, 'Tag').flatMap((tag) => textOf(tag, 'name') ?? []);

/** Adds what the clusters of the galaxies of an event or attribute say. */
export function speakForGalaxies(holder: JsonObject, draft: SignalDrafting): void {
  for (const galaxy of objectsOf(holder, 'Galaxy')) {
    for (const cluster of objectsOf(galaxy, 'GalaxyCluster')) {
      const ids = textsOf(objectOf(cluster, 'meta') ?? {}, 'external_id');
      const value = textOf(cluster, 'value');
      if (value !== undefined) speakForCluster((textOf(cluster, 'type') ?? textOf(galaxy, 'type') ?? '').toLowerCase(), value, ids, draft);
    }
  }
}

function speakForCluster(galaxy: string, value: string, ids: readonly string[], draft: SignalDrafting): void {
  const id = [...ids, value].map((text) => techniqueShape.exec(text)?.[1]).find((found) => found !== undefined);
  if (galaxy.includes('disarm') || galaxy.includes('amitt')) {
    draft.list('themes', 'disinformation');
    if (id !== undefined) draft.technique({ framework: 'disarm', id });
  } else if (galaxy.includes('attack-pattern') || galaxy.includes('attack4fraud')) {
    if (id === undefined) draft.line(`Technique: ${value}`);
    else draft.technique({ framework: 'attack', id });
  } else if (galaxy === 'sector') draft.list('sectors', value);
  else if (galaxy === 'country' || galaxy === 'target-information' || galaxy === 'region') {
    const country = countryCode(value);
    draft.place({ name: value, ...(country === undefined ? {} : { country }) });
  } else speakForName(galaxy, value, draft);
}

const nameTypes: readonly (readonly [string, string])[] = [
  ['threat-actor', 'threat-actor'],
  ['intrusion-set', 'threat-actor'],
  ['activity-group', 'threat-actor'],
  ['360net', 'threat-actor'],
  ['malpedia', 'malware'],
  ['malware', 'malware'],
  ['ransomware', 'malware'],
  ['backdoor', 'malware'],
  ['banker', 'malware'],
  ['botnet', 'malware'],
  ['rat', 'malware'],
  ['stealer', 'malware'],
  ['android', 'malware'],
  ['tool', 'tool'],
];

function speakForName(galaxy: string, value: string, draft: SignalDrafting): void {
  const name = value.replace(/ - [GSC]\d{4}$/, '');
  const type = nameTypes.find(([part]) => galaxy === part || galaxy.includes(`-${part}`) || galaxy.startsWith(part))?.[1];
  if (type !== undefined) draft.observable(type, name);
  else draft.line(`${galaxy}: ${name}`);
}
