import {
  type Enrichment,
  factTerm,
  type IncidentSummary,
  incidentStatuses,
  type LineageEntry,
  type Link,
  type Signal,
  severities,
  sourceTypes,
  tlpLevels,
} from '@samenhang/domain';
import fc from 'fast-check';
import { anyJson, anyText } from './contract-arbitraries.ts';
import type { IncidentQuery, IncidentView, Membership, SignalView, ViewWrite } from './view-store.ts';
import { incidentSorts } from './view-store.ts';

/** Few ids, so that everything meets; in no order that anything else has. */
export const fewIds = ['d', '3', 'a', '7', '0', 'f', '9', '5'].map((digit) => `${digit.repeat(8)}-0000-5000-8000-000000000000`);
const anyId = fc.constantFrom(...fewIds);
export const fewSources = ['Embassy "X"', 'ras-fi'] as const;
const fewTerms = [
  ...fewSources.map((source) => factTerm('source', source)),
  factTerm('retracted', 'ras-fi'),
  'word:harbour',
  'word:Ильич',
  'country:NL',
  'source:o\'brien & "sons" AND NOT x*',
  'word:a',
  'word:A',
  'observable:ip:10.0.0.1',
];
export const fewObservables = [
  { type: 'domain', value: 'example.com' },
  { type: 'domain', value: 'Example.com' },
  { type: 'url', value: 'https://example.com/?q=a b&c="d"%20é' },
  { type: 'name', value: 'Ильич 👩‍👩‍👧' },
] as const;
const instant = fc.integer({ min: 0, max: 30 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString());

const plain = { noNullPrototype: true } as const;

const anySignal = (id: string): fc.Arbitrary<Signal> =>
  fc.record(
    {
      id: fc.constant(id),
      source: anyText(10),
      externalId: anyText(10),
      revision: fc.integer({ min: 1, max: 9 }),
      sourceType: fc.constantFrom(...sourceTypes),
      kind: fc.constant('report' as const),
      title: anyText(30),
      text: anyText(60),
      observedAt: instant,
      places: fc.constant([{ name: 'Odesa', country: 'UA', lat: 46.48, lon: 30.73 }]),
      themes: fc.constant([]),
      sectors: fc.constant([]),
      targets: fc.constant([]),
      observables: fc.constant([]),
      techniques: fc.constant([]),
      attachments: fc.constant([]),
      marking: fc.record({ tlp: fc.constantFrom(...tlpLevels) }, plain),
      raw: anyJson.filter((value) => value !== null).map((value) => JSON.parse(JSON.stringify(value))),
      contentHash: fc.constant('0'.repeat(64)),
      receivedAt: instant,
      firstReceivedAt: instant,
      flags: fc.constant([]),
    },
    plain,
  );

/** What enrichment adds is opaque to a store: some JSON, whatever fields it has by now. */
const plainEnrichment: Enrichment = JSON.parse(
  '{"version":"1","language":null,"mentions":[{"kind":"name","value":"ильич","start":0,"end":5}],"observables":[]}',
);

const anySignalView: fc.Arbitrary<SignalView> = fc
  .tuple(anyId, fc.integer({ min: 1, max: 9 }), fc.boolean(), fc.subarray([...fewTerms]), fc.subarray([...fewObservables]), instant)
  .chain(([id, revision, gone, terms, observables, at]) =>
    anySignal(id).map((signal): SignalView => {
      const view = { id, position: 0, revision, enrichedAt: at, queryableAt: at };
      if (gone) return { ...view, signal: null, enrichment: null, observables: [], terms: [] };
      return { ...view, signal, enrichment: plainEnrichment, observables, terms };
    }),
  );

/** Any summary of an incident with this id. */
export const anySummary = (id: string): fc.Arbitrary<IncidentSummary> =>
  fc
    .record({
      title: anyText(20),
      size: fc.integer({ min: 1, max: 4 }),
      seen: fc.tuple(instant, instant).filter(([first, last]) => first <= last),
      status: fc.constantFrom(...incidentStatuses),
      severity: fc.constantFrom(...severities),
      themes: fc.subarray(['digital', 'Digital', 'economic "security"']),
      domains: fc.subarray(['cyber', 'political', 'information']),
      sectors: fc.subarray(['energy', 'ports']),
      countries: fc.subarray(['NL', 'UA']),
      sources: fc.uniqueArray(anyText(5), { maxLength: 2 }),
      tlp: fc.constantFrom(...tlpLevels),
      revision: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ title, size, seen: [firstSeen, lastSeen], countries, tlp, ...rest }) => ({
      ...rest,
      id,
      title,
      summary: `${title}.`,
      size,
      firstSeen,
      lastSeen,
      places: countries.map((country) => ({ country })),
      techniques: [],
      sourceTypes: ['ras' as const],
      marking: { tlp },
      judgements: [],
      rulesetVersion: 'contract',
    }));

const anyLineage: fc.Arbitrary<LineageEntry> = fc.record(
  {
    cause: fc.constantFrom('opened' as const, 'joined' as const, 'left' as const, 'merged' as const, 'split' as const, 'closed' as const),
    signals: fc.array(anyId, { maxLength: 2 }),
    incidents: fc.array(anyId, { maxLength: 2 }),
    position: fc.integer({ min: 0, max: 4 }),
  },
  plain,
);

const anyIncidentView: fc.Arbitrary<IncidentView> = anyId.chain((id) =>
  fc.record(
    { id: fc.constant(id), summary: fc.option(anySummary(id), { freq: 5 }), lineage: fc.array(anyLineage, { maxLength: 2 }) },
    plain,
  ),
);

const anyMembership: fc.Arbitrary<Membership> = fc.record(
  { signalId: anyId, incidentId: fc.option(anyId, { freq: 5 }), correlatedAt: instant },
  plain,
);

const anyPair = fc.tuple(anyId, anyId).filter(([a, b]) => a < b);
const anyLink: fc.Arbitrary<Link> = fc
  .tuple(anyPair, fc.constantFrom('link' as const, 'possible' as const), fc.integer({ min: 0, max: 99_999 }), anyText(20))
  .map(([[a, b], kind, millibits, says]) => ({
    a,
    b,
    kind,
    bits: millibits / 1000,
    evidence: [{ kind: 'observable', value: says, bits: millibits / 1000, says }],
  }));

/** A write without its place: positions and offsets are given when the write is used. */
export type LooseWrite = Required<Pick<ViewWrite, 'signals' | 'incidents' | 'memberships' | 'links' | 'unlinked'>>;

export const anyLooseWrite: fc.Arbitrary<LooseWrite> = fc.record(
  {
    signals: fc.uniqueArray(anySignalView, { maxLength: 4, selector: ({ id }) => id }),
    incidents: fc.uniqueArray(anyIncidentView, { maxLength: 4, selector: ({ id }) => id }),
    memberships: fc.uniqueArray(anyMembership, { maxLength: 5, selector: ({ signalId }) => signalId }),
    links: fc.uniqueArray(anyLink, { maxLength: 4, selector: ({ a, b }) => `${a} ${b}` }),
    unlinked: fc.uniqueArray(anyPair, { maxLength: 2, selector: ([a, b]) => `${a} ${b}` }),
  },
  plain,
);

/** Gives each write its place: signals rise by position, batches by offset. */
export function placeWrites(audience: string, loose: readonly LooseWrite[], topic = 'correlation.inputs'): readonly ViewWrite[] {
  let position = 0;
  return loose.map((write, index) => ({
    ...write,
    audience,
    progress: { topic, partition: 0, nextOffset: (index + 1) * 10 },
    signals: write.signals.map((view) => ({ ...view, position: position++ })),
  }));
}

export const anyQuery: fc.Arbitrary<Omit<IncidentQuery, 'audience'>> = fc.record(
  {
    minSize: fc.integer({ min: 1, max: 3 }),
    sort: fc.constantFrom(...incidentSorts),
    limit: fc.integer({ min: 1, max: 10 }),
    from: instant,
    to: instant,
    terms: fc.subarray([...fewTerms], { maxLength: 2 }),
    status: fc.constantFrom(...incidentStatuses),
    severity: fc.constantFrom(...severities),
    tlp: fc.constantFrom(...tlpLevels),
    changedSince: fc.integer({ min: 0, max: 4 }),
  },
  { requiredKeys: ['minSize', 'sort', 'limit', 'terms'], noNullPrototype: true },
);
