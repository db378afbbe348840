import { isObservableType } from './observable-values.ts';

/** Objects that are reports of something: each is a signal. */
export const containers: ReadonlySet<string> = new Set([
  'report',
  'incident',
  'grouping',
  'observed-data',
  'case-incident',
  'x-opencti-case-incident',
  'case-rfi',
  'feedback',
]);

/** Objects about something that goes on: a signal of their own when they name something observed, or when no report holds them. */
export const activities: ReadonlySet<string> = new Set(['campaign', 'event', 'x-opencti-event']);

/** Knowledge that leads a signal only where no report, incident or campaign does; in order of how well it names what is around it. */
const subjects: readonly string[] = [
  'intrusion-set',
  'threat-actor',
  'threat-actor-group',
  'threat-actor-individual',
  'malware',
  'tool',
  'infrastructure',
  'channel',
  'narrative',
  'malware-analysis',
  'note',
  'indicator',
];

const subjectRank: ReadonlyMap<string, number> = new Map(subjects.map((type, index) => [type, index]));

/** Lower leads; cyber-observables come last, everything else never leads. */
export const leadRank = (type: string): number | undefined =>
  subjectRank.get(type) ?? (isObservableType(type) ? subjects.length : undefined);

/** Objects that show something seen: they join the signal of whatever they are related to. */
export const isEvidence = (type: string): boolean =>
  type === 'indicator' || type === 'infrastructure' || type === 'channel' || type === 'malware-analysis' || isObservableType(type);

/** Knowledge that is shared by unrelated reports: it is told, but never joins two of them. */
const sharedTypes: ReadonlySet<string> = new Set([
  'attack-pattern',
  'location',
  'identity',
  'vulnerability',
  'course-of-action',
  'opinion',
  'impact',
  'task',
  'data-source',
  'data-component',
]);

/** True when two signals may both speak of it without being one. */
export const isShared = (type: string): boolean => sharedTypes.has(type);

/** Objects that describe a framework rather than anything that happened; a file that holds one is a catalogue. */
const catalogueTypes: ReadonlySet<string> = new Set(['x-mitre-matrix', 'x-mitre-collection', 'x-mitre-tactic']);

/** True for the matrix, tactics and collection objects of ATT&CK and DISARM. */
export const isCatalogueType = (type: string): boolean => catalogueTypes.has(type);
