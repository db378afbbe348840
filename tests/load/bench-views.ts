import { type IncidentSummary, type Link, type Signal, severities, termsOfSignal } from '@samenhang/domain';
import type { ViewStore, ViewWrite } from '@samenhang/ports';
import { anEnrichment, anIncidentSummary, aSignal, randomNumbers, syntheticWord } from '@samenhang/testing';

const incidentsPerWrite = 500;
const mostMembers = 1_000;
const countries = ['NL', 'BE', 'DE', 'LT', 'FI', 'UA', 'PL', 'FR', 'SE', 'EE'];
const sectors = ['energy', 'ports', 'health', 'finance', 'water', 'telecom'];
const themes = ['digital', 'economic-security', 'vital-infrastructure', 'military', 'diaspora', 'democratic-processes'];
const domains = ['cyber', 'economy', 'information', 'infrastructure', 'political'];
const day = '2026-11-01T00:00:00.000Z';

type Next = () => number;
const oneOf = (next: Next, words: readonly string[]): string => words[Math.floor(next() ** 2 * words.length)] ?? '';
const someOf = (next: Next, words: readonly string[], most: number): readonly string[] =>
  [...new Set(Array.from({ length: 1 + Math.floor(next() * most) }, () => oneOf(next, words)))].sort();

/** Incidents as the pipeline would leave them, the next ones with each call; the same for the same numbers. */
export interface MadeIncidents {
  /** What writes so many more incidents of two members and more, most of two to four, few of hundreds. */
  write(audience: string, count: number): ViewWrite;
}

/** What it makes is to be saved in order, after so many that were made before. */
export function makeIncidents(after: number): MadeIncidents {
  const next = randomNumbers(7 + after);
  const earlier: string[] = [];
  let position = after * mostMembers;
  let number = after;
  return {
    write(audience, count) {
      const made = Array.from({ length: count }, () => incident(next, number++, earlier));
      const signals = made.flatMap(({ members }) => members).map((signal) => viewOf(signal, position++));
      return {
        audience,
        progress: { topic: 'bench', partition: 0, nextOffset: position },
        signals,
        incidents: made.map(({ summary }) => ({
          id: summary.id,
          summary: { ...summary, revision: position },
          lineage: [{ cause: 'opened', signals: [summary.id], incidents: [], position }],
        })),
        memberships: made.flatMap(({ summary, members }) =>
          members.map(({ id }) => ({ signalId: id, incidentId: summary.id, correlatedAt: day })),
        ),
        links: made.flatMap(({ links }) => links),
      };
    },
  };
}

/** Fills the store of an audience with so many incidents, and tells at every tenth how many there are. */
export async function fillViews(store: ViewStore, audience: string, size: number, tell: (written: number) => void): Promise<void> {
  const incidents = makeIncidents(0);
  let told = 0;
  for (let written = 0; written < size; ) {
    const count = Math.min(incidentsPerWrite, size - written);
    await store.save([incidents.write(audience, count)]);
    written += count;
    if (written - told < size / 10) continue;
    told = written;
    tell(written);
  }
}

interface Made {
  readonly summary: IncidentSummary;
  readonly members: readonly Signal[];
  readonly links: readonly Link[];
}

/** Twice as many members are four times as rare (Pareto, exponent 2). */
const membersOf = (next: Next): number => Math.min(mostMembers, Math.floor(2 / Math.sqrt(1 - next())));

function incident(next: Next, number: number, earlier: string[]): Made {
  const shared = `${syntheticWord(number)}.example`;
  const members = Array.from({ length: membersOf(next) }, (_none, at) => signal(next, `${number}-${at}`, shared));
  const seen = new Date(Date.UTC(2020, 0, 1) + Math.floor(next() * 2_000) * 86_400_000).toISOString();
  const distinct = (valuesOf: (member: Signal) => readonly string[]) => [...new Set(members.flatMap(valuesOf))].sort();
  const summary = anIncidentSummary({
    id: members[0]?.id ?? '',
    title: members[0]?.title ?? '',
    summary: `${members.length} reports.`,
    size: members.length,
    firstSeen: seen,
    lastSeen: seen,
    themes: distinct((member) => member.themes),
    domains: someOf(next, domains, 3),
    sectors: distinct((member) => member.sectors),
    places: distinct((member) => member.places.flatMap(({ country }) => country ?? [])).map((country) => ({ country })),
    sources: distinct(({ source }) => [source]).slice(0, 100),
    severity: severities[Math.floor(next() * 4)] ?? 'low',
  });
  const links = members.slice(1).map((member) => linkBetween(members[0]?.id ?? '', member.id, shared));
  const other = earlier[Math.floor(next() * earlier.length)];
  if (other !== undefined && next() < 0.2) links.push({ ...linkBetween(other, summary.id, shared), kind: 'possible', bits: 5 });
  earlier.push(summary.id);
  return { summary, members, links };
}

function linkBetween(one: string, other: string, shared: string): Link {
  const [a = '', b = ''] = [one, other].sort();
  const evidence = [
    { kind: 'domain', value: shared, bits: 6, says: 'both hold the domain' },
    { kind: 'time', bits: 2.5, says: 'observed within a week' },
  ];
  return { a, b, kind: 'link', bits: 8.5, evidence };
}

const wordsOf = (next: Next, count: number): string =>
  Array.from({ length: count }, () => syntheticWord(Math.floor(20_000 ** next()))).join(' ');

const signal = (next: Next, externalId: string, shared: string): Signal =>
  aSignal({
    source: `source-${Math.floor(next() ** 2 * 200)}`,
    externalId,
    title: wordsOf(next, 8),
    text: wordsOf(next, 60),
    places: [{ country: oneOf(next, countries) }],
    themes: [oneOf(next, themes)],
    sectors: [oneOf(next, sectors)],
    observables: [
      { type: 'domain', value: shared },
      { type: 'domain', value: `${syntheticWord(Math.floor(200_000 * next() ** 3))}.example` },
    ],
  });

const viewOf = (given: Signal, position: number) => ({
  id: given.id,
  position,
  revision: 1,
  signal: given,
  enrichment: anEnrichment(),
  observables: given.observables,
  terms: termsOfSignal(given, given),
  enrichedAt: day,
  queryableAt: day,
});
