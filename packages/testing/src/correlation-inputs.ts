import { type Enrichment, type Judgement, type Observable, type Signal, signalId } from '@samenhang/domain';
import fc from 'fast-check';
import { anEnrichment, aSignal } from './builders.ts';

/** What a correlator can be told; the same shape as its `CorrelationInput`. */
export type ToldInput =
  | { readonly kind: 'signal'; readonly position: number; readonly signal: Signal; readonly enrichment: Enrichment }
  | { readonly kind: 'withdrawal'; readonly position: number; readonly id: string; readonly revision: number }
  | { readonly kind: 'judgement'; readonly position: number; readonly judgement: Judgement };

const sources = ['embassy-riga', 'ras-fi', 'sector-ports'] as const;
const stories = [
  'A grey trawler without lights was seen above the cable to the island at night',
  'Leaflets against the referendum were put into letter boxes of the harbour quarter',
  'The ticket machines of the railway showed a flag and then a demand for money',
] as const;
const endings = ['', '', ' said the paper', ', as a second desk reports'] as const;

const anyValue: fc.Arbitrary<Observable> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 4 }).map((n) => ({ type: 'sha256', value: `${n}`.repeat(64) })) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('kestrel-one.org', 'www.kestrel-one.org', 'cargo-two.net').map((value) => ({ type: 'domain', value })),
  },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 3 }).map((n) => ({ type: 'ipv4', value: `185.220.101.${n}` })) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('kestrel', 'cargo')
      .map((name) => ({ type: 'url', value: `https://${name}.example.org/login/page-${name}` })),
  },
  { weight: 1, arbitrary: fc.constantFrom('NL', 'LV').map((value) => ({ type: 'country', value })) },
);

const numberOf = fc.integer({ min: 1, max: 12 });
const externalIdOf = (n: number): string => `r-${n}`;
const sourceOf = (n: number): string => sources[n % sources.length] ?? sources[0];
const idOf = (n: number): string => signalId(sourceOf(n), externalIdOf(n));

const anySignalInput = fc
  .record({
    n: numberOf,
    revision: fc.constantFrom(1, 1, 1, 2, 3),
    kind: fc.constantFrom('report' as const, 'report' as const, 'report' as const, 'report' as const, 'retraction' as const),
    story: fc.constantFrom(undefined, undefined, ...stories),
    ending: fc.constantFrom(...endings),
    day: fc.oneof(
      fc.constantFrom('2026-03', '2026', '2024-01-01'),
      fc.integer({ min: 1, max: 28 }).map((day) => `2026-03-${String(day).padStart(2, '0')}`),
    ),
    observables: fc.uniqueArray(anyValue, { maxLength: 4, selector: ({ type, value }) => `${type} ${value}` }),
    derivedFrom: fc.oneof(
      { weight: 9, arbitrary: fc.constant<string[]>([]) },
      { weight: 1, arbitrary: fc.array(numberOf.map(idOf), { minLength: 1, maxLength: 2 }) },
    ),
    countries: fc.constantFrom([], [], ['NL'], ['LV']),
    language: fc.constantFrom('en', 'en', 'nl', null),
    name: fc.constantFrom(undefined, undefined, 'kestrel', 'maasdam'),
  })
  .map(({ n, revision, kind, story, ending, day, observables, derivedFrom, countries, language, name }) => {
    const received = `2026-03-30T12:00:00.${String((n * 7) % 13).padStart(6, '0')}Z`;
    const signal = aSignal({
      source: sourceOf(n),
      externalId: externalIdOf(n),
      revision,
      kind,
      title: story === undefined ? `Report ${n}` : `${story}${ending}`,
      observedAt: day,
      observables,
      places: countries.map((country) => ({ country })),
      origin: { derivedFrom },
      receivedAt: received,
      firstReceivedAt: received,
    });
    const mentions = name === undefined ? [] : [{ kind: 'name' as const, value: name, start: 0, end: 1 }];
    const words = story === undefined ? [] : [...new Set(story.toLowerCase().split(' '))];
    return { kind: 'signal' as const, signal, enrichment: anEnrichment({ version: '1', language, words, mentions }) };
  });

const anyWithdrawal = fc
  .record({ n: numberOf, revision: fc.integer({ min: 1, max: 3 }) })
  .map(({ n, revision }) => ({ kind: 'withdrawal' as const, id: idOf(n), revision }));

const anyJudgement = fc
  .record({
    j: fc.integer({ min: 1, max: 6 }),
    same: fc.boolean(),
    a: numberOf,
    b: numberOf,
    minute: fc.integer({ min: 0, max: 3 }),
    revoked: fc.boolean(),
  })
  .map(({ j, same, a, b, minute, revoked }) => ({
    kind: 'judgement' as const,
    judgement: {
      id: `00000000-0000-4000-8000-00000000000${j}`,
      kind: same ? ('same' as const) : ('not-same' as const),
      a: idOf(a),
      b: idOf(b),
      by: 'analyst',
      at: `2026-04-01T10:0${minute}:00Z`,
      reason: '',
      marking: { tlp: 'green' as const },
      revoked,
    },
  }));

/** Inputs that collide in every way: few signals in several revisions, few values, retold stories, retractions, withdrawals and judgements, at rising positions. */
export const anyCorrelationInputs = (maxLength = 40): fc.Arbitrary<readonly ToldInput[]> =>
  fc
    .array(
      fc.oneof({ weight: 10, arbitrary: anySignalInput }, { weight: 1, arbitrary: anyWithdrawal }, { weight: 2, arbitrary: anyJudgement }),
      { minLength: 1, maxLength },
    )
    .map((inputs) => inputs.map((input, position) => ({ ...input, position })));
