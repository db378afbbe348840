import { type IncidentSummary, type Link, type Signal, severities, termsOfSignal } from '@samenhang/domain';
import type { ViewStore, ViewWrite } from '@samenhang/ports';
import { anEnrichment, anIncidentSummary, aSignal, randomNumbers, syntheticWord } from '@samenhang/testing';

const incidentsPerWrite = 500;
const countries = ['NL', 'BE', 'DE', 'LT', 'FI', 'UA', 'PL', 'FR', 'SE', 'EE'];
const sectors = ['energy', 'ports', 'health', 'finance', 'water', 'telecom'];
const themes = ['digital', 'economic-security', 'vital-infrastructure', 'military', 'diaspora', 'democratic-processes'];
const domains = ['cyber', 'economy', 'information', 'infrastructure', 'political'];

type Next = () => number;
const oneOf = (next: Next, words: readonly string[]): string => words[Math.floor(next() ** 2 * words.length)] ?? '';
const someOf = (next: Next, words: readonly string[], most: number): readonly string[] =>
  [...new Set(Array.from({ length: 1 + Math.floor(next() * most) }, () => oneOf(next, words)))].sort();

/** Fills the store of an audience with so many incidents of two to six signals each, one in a thousand of a hundred, as the pipeline would leave them; the same for the same size. */
export async function fillViews(store: ViewStore, audience: string, size: number): Promise<void> {
  const next = randomNumbers(7);
  let position = 0;
  for (let from = 0; from < size; from += incidentsPerWrite) {
    const made = Array.from({ length: Math.min(incidentsPerWrite, size - from) }, (_none, at) => incident(next, from + at));
    const signals = made.flatMap(({ members }) => members).map((signal) => viewOf(signal, position++));
    const write: ViewWrite = {
      audience,
      progress: { topic: 'bench', partition: 0, nextOffset: position },
      signals,
      incidents: made.map(({ summary }) => ({
        id: summary.id,
        summary: { ...summary, revision: position },
        lineage: [{ cause: 'opened', signals: [summary.id], incidents: [], position }],
      })),
      memberships: made.flatMap(({ summary, members }) =>
        members.map(({ id }) => ({ signalId: id, incidentId: summary.id, correlatedAt: '2026-11-01T00:00:00.000Z' })),
      ),
      links: made.flatMap(({ links }) => links),
    };
    await store.save([write]);
  }
}

interface Made {
  readonly summary: IncidentSummary;
  readonly members: readonly Signal[];
  readonly links: readonly Link[];
}

function incident(next: Next, number: number): Made {
  const members = Array.from({ length: number % 1_000 === 999 ? 100 : 2 + Math.floor(next() * 5) }, (_none, at) =>
    signal(next, `${number}-${at}`),
  );
  const day = new Date(Date.UTC(2020, 0, 1) + Math.floor(next() * 2_000) * 86_400_000).toISOString();
  const summary = anIncidentSummary({
    id: members[0]?.id ?? '',
    title: members[0]?.title ?? '',
    summary: `${members.length} reports.`,
    size: members.length,
    firstSeen: day,
    lastSeen: day,
    themes: someOf(next, themes, 3),
    domains: someOf(next, domains, 3),
    sectors: someOf(next, sectors, 2),
    places: someOf(next, countries, 3).map((country) => ({ country })),
    sources: [...new Set(members.map(({ source }) => source))],
    severity: severities[Math.floor(next() * 4)] ?? 'low',
  });
  const links = members.slice(1).map((member): Link => {
    const [a = '', b = ''] = [members[0]?.id ?? '', member.id].sort();
    const evidence = [
      { kind: 'domain', value: `${syntheticWord(number)}.example`, bits: 6, says: 'both hold the domain' },
      { kind: 'time', bits: 2.5, says: 'observed within a week' },
    ];
    return { a, b, kind: 'link', bits: 8.5, evidence };
  });
  return { summary, members, links };
}

const wordsOf = (next: Next, count: number): string =>
  Array.from({ length: count }, () => syntheticWord(Math.floor(20_000 ** next()))).join(' ');

const signal = (next: Next, externalId: string): Signal =>
  aSignal({
    source: `source-${Math.floor(next() ** 2 * 200)}`,
    externalId,
    title: wordsOf(next, 8),
    text: wordsOf(next, 60),
    places: [{ country: oneOf(next, countries) }],
    themes: [oneOf(next, themes)],
    observables: [{ type: 'domain', value: `${syntheticWord(Math.floor(next() * 100_000))}.example` }],
  });

const viewOf = (given: Signal, position: number) => ({
  id: given.id,
  position,
  revision: 1,
  signal: given,
  enrichment: anEnrichment(),
  observables: given.observables,
  terms: termsOfSignal(given, given),
  enrichedAt: '2026-11-01T00:00:00.000Z',
  queryableAt: '2026-11-01T00:00:00.000Z',
});
