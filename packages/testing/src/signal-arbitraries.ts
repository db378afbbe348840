import { type Audience, type Marking, type Observable, type PostedSignal, type Signal, sourceTypes, tlpLevels } from '@samenhang/domain';
import fc from 'fast-check';
import { aPostedSignal, aSignal } from './builders.ts';

const communities = ['ras', 'energy', 'ports'] as const;
const hosts = ['a.example', 'b.example', 'c.example', 'www.a.example', 'd.example'] as const;
const words = ['harbour', 'cable', 'referendum', 'outage', 'drone', 'leaflet', 'Maasdam', 'Kestrel'] as const;

/** Markings of every level, with and without communities and an exercise. */
export const anyMarking: fc.Arbitrary<Marking> = fc.record(
  {
    tlp: fc.constantFrom(...tlpLevels),
    communities: fc.uniqueArray(fc.constantFrom(...communities), { maxLength: 2 }),
    exercise: fc.constantFrom('cmx-26', 'pace-27'),
  },
  { requiredKeys: ['tlp'] },
);

/** Audiences of every clearance, with every, some or no community. */
export const anyAudience: fc.Arbitrary<Audience> = fc
  .record({
    tlpMax: fc.constantFrom(...tlpLevels),
    communities: fc.oneof(fc.constant('all' as const), fc.uniqueArray(fc.constantFrom(...communities), { maxLength: 2 })),
    exercise: fc.option(fc.constantFrom('cmx-26', 'pace-27'), { nil: undefined }),
  })
  .map(({ exercise, ...rest }) => ({ id: 'audience', name: 'Audience', ...rest, ...(exercise === undefined ? {} : { exercise }) }));

/** Observables from so small a space that two of them often are the same. */
export const anyObservable: fc.Arbitrary<Observable> = fc.oneof(
  fc.constantFrom(...hosts).map((value) => ({ type: 'domain', value })),
  fc.constantFrom(...hosts).map((host) => ({ type: 'url', value: `https://${host}/page` })),
  fc.integer({ min: 1, max: 4 }).map((last) => ({ type: 'ipv4', value: `198.51.100.${last}` })),
  fc.constantFrom('a1', 'b2').map((pair) => ({ type: 'sha256', value: pair.repeat(32) })),
);

const anyText = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 }).map((picked) => picked.join(' '));
const anyDay = fc.integer({ min: 1, max: 28 }).map((day) => `2026-03-${String(day).padStart(2, '0')}`);

/** Posted signals that collide: few sources, external ids, revisions, observables, words and days. */
export const anyPostedSignal: fc.Arbitrary<PostedSignal> = fc
  .record({
    source: fc.constantFrom('embassy-riga', 'ras-fi', 'sector-ports'),
    externalId: fc.integer({ min: 1, max: 12 }).map((number) => `r-${number}`),
    revision: fc.constantFrom(1, 1, 1, 2),
    kind: fc.constantFrom('report' as const, 'report' as const, 'report' as const, 'retraction' as const),
    sourceType: fc.constantFrom(...sourceTypes),
    title: anyText,
    text: anyText,
    observedAt: anyDay,
    observables: fc.uniqueArray(anyObservable, { maxLength: 3, selector: ({ type, value }) => `${type} ${value}` }),
    marking: anyMarking,
  })
  .map(aPostedSignal);

/** Accepted signals, each received a microsecond after the one before; no id comes twice in the same revision. */
export const anySignals = (maxLength = 20): fc.Arbitrary<readonly Signal[]> =>
  fc
    .uniqueArray(anyPostedSignal, { maxLength, selector: ({ source, externalId, revision }) => `${source} ${externalId} ${revision}` })
    .map((posted) => {
      const firstSeen = new Map<string, string>();
      return posted.map((signal, at) => {
        const receivedAt = `2026-03-30T12:00:00.${String(at + 1).padStart(6, '0')}Z`;
        const key = `${signal.source} ${signal.externalId}`;
        const firstReceivedAt = firstSeen.get(key) ?? receivedAt;
        firstSeen.set(key, firstReceivedAt);
        return aSignal({ ...signal, receivedAt, firstReceivedAt });
      });
    });
