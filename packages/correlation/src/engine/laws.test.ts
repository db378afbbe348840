import { observedSpan, type Signal } from '@samenhang/domain';
import { anyCorrelationInputs, aSignal, type ToldInput } from '@samenhang/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEcho } from '../echo.ts';
import { correlateBatch } from '../oracle.ts';
import { profileOf } from '../profile.ts';
import { tightRuleset as ruleset } from '../tight-ruleset.ts';
import { createCorrelator } from './create-correlator.ts';

const long = process.env.SAMENHANG_LONG === '1';
const timeoutMs = long ? 600_000 : 30_000;
const runs = (few: number, many: number) => ({ numRuns: long ? many : few });

const applied = (inputs: readonly ToldInput[]) => {
  const correlator = createCorrelator(ruleset);
  correlator.apply(inputs);
  return correlator;
};

const reports = (inputs: readonly ToldInput[]) =>
  inputs.flatMap((input) => (input.kind === 'signal' && input.signal.kind !== 'retraction' ? [input] : []));

/** True when this very revision of a report is the one in the picture. */
const isShown = (correlator: ReturnType<typeof applied>, { signal }: { readonly signal: Signal }, inputs: readonly ToldInput[]): boolean =>
  correlator.incidentOf(signal.id) !== undefined &&
  reports(inputs).every(
    ({ signal: other }) =>
      other.id !== signal.id ||
      other.revision < signal.revision ||
      (other.revision === signal.revision && other.contentHash >= signal.contentHash),
  );

type Told = ReturnType<typeof applied>;

function toldOnceMore(original: ReturnType<typeof reports>[number]): ReturnType<typeof reports>[number] {
  const { id: _id, contentHash: _hash, ...content } = original.signal;
  const received = '2027-01-01T00:00:00Z';
  const dayLater = new Date(observedSpan(original.signal.observedAt).startMs + 86_400_000).toISOString().slice(0, 10);
  return {
    ...original,
    position: 1_000,
    signal: aSignal({ ...content, source: 'once-more', observedAt: dayLater, receivedAt: received, firstReceivedAt: received }),
  };
}

/** One name for all that echoes join, directly or through others: the smallest id but the copy's. */
function storiesOf(correlator: Told, copy: string): (id: string) => string {
  const names = new Map<string, string>();
  const nameOf = (id: string): string => (names.has(id) ? nameOf(names.get(id) ?? id) : id);
  for (const { a, b, evidence } of correlator.state().links) {
    if (!evidence.some(({ kind }) => kind === 'echo')) continue;
    const [small = a, large = b] = [nameOf(a), nameOf(b)].sort((x, y) => (x === copy ? 1 : y === copy ? -1 : x < y ? -1 : 1));
    if (small !== large) names.set(large, small);
  }
  return nameOf;
}

const scoresBetween = (correlator: Told, storyOf: (id: string) => string): readonly string[] => [
  ...new Set(
    correlator.state().links.flatMap(({ a, b, bits }) => {
      const [x, y] = [storyOf(a), storyOf(b)].sort();
      return x === y ? [] : [`${x} ${y} ${bits}`];
    }),
  ),
];

const groupsWithout = (correlator: Told, copy: string): readonly string[] =>
  [...correlator.state().incidents.values()].flatMap((ids) => ids.filter((id) => id !== copy).join() || []).sort();

describe('the laws of correlation', () => {
  it(
    'law: permuting the countries changes nothing else',
    () => {
      const permuted = new Map([
        ['NL', 'LV'],
        ['LV', 'NL'],
      ]);
      const swap = (input: ToldInput): ToldInput => {
        if (input.kind !== 'signal') return input;
        const observables = input.signal.observables.map((o) =>
          o.type === 'country' ? { ...o, value: permuted.get(o.value) ?? o.value } : o,
        );
        const places = input.signal.places.map((place) => ({ ...place, country: permuted.get(place.country ?? '') }));
        return { ...input, signal: { ...input.signal, observables, places } };
      };
      fc.assert(
        fc.property(anyCorrelationInputs(), (inputs) => {
          expect(applied(inputs.map(swap)).state()).toEqual(applied(inputs).state());
        }),
        runs(40, 500),
      );
    },
    timeoutMs,
  );

  it(
    'law: telling a story once more, later, raises no score and puts nobody into another incident',
    () => {
      fc.assert(
        fc.property(anyCorrelationInputs(20), fc.nat(), (all, pick) => {
          const inputs = all.filter(({ kind }) => kind !== 'judgement');
          const told = reports(inputs).filter(({ signal }) => signal.title.length > 40 && signal.origin?.derivedFrom?.length === 0);
          const original = told[pick % Math.max(1, told.length)];
          fc.pre(original !== undefined);
          if (original === undefined) return;
          const copy = toldOnceMore(original);
          const [before, after] = [applied(inputs), applied([...inputs, copy])];
          fc.pre(isShown(before, original, inputs));

          const storyOf = storiesOf(after, copy.signal.id);
          // A telling that comes between two which are too far apart to be echoes makes them one story: that is news.
          const storyBefore = storiesOf(before, copy.signal.id);
          const shown = reports(inputs).filter((report) => isShown(before, report, inputs));
          const profiles = shown.map(({ signal, enrichment }) => profileOf(signal, enrichment, ruleset));
          const own = profiles.filter(({ id }) => storyBefore(id) === storyBefore(original.signal.id));
          const joined = profiles.filter(
            ({ id }) => storyOf(id) === storyOf(original.signal.id) && !own.some((profile) => profile.id === id),
          );
          for (const story of Map.groupBy(joined, ({ id }) => storyBefore(id)).values())
            fc.pre(story.some((x) => own.some((y) => isEcho(x, y, ruleset))));
          for (const score of scoresBetween(after, storyOf)) expect(scoresBetween(before, storyOf)).toContain(score);
          expect(groupsWithout(after, copy.signal.id)).toEqual(groupsWithout(before, copy.signal.id));
        }),
        runs(40, 500),
      );
    },
    timeoutMs,
  );

  it(
    'law: who is linked to whom, and how strongly, does not depend on when signals were received',
    () => {
      fc.assert(
        fc.property(anyCorrelationInputs(), fc.nat({ max: 999_999 }), (inputs, key) => {
          const otherwise = inputs.map((input) => {
            if (input.kind !== 'signal') return input;
            const micros =
              (Number(input.signal.firstReceivedAt.slice(20, 26)) * 7_919 + key * Number.parseInt(input.signal.id.slice(0, 6), 16)) %
              1_000_000;
            const received = `2026-03-30T12:00:00.${String(micros).padStart(6, '0')}Z`;
            return { ...input, signal: { ...input.signal, receivedAt: received, firstReceivedAt: received } };
          });

          expect(applied(otherwise).state().links).toEqual(applied(inputs).state().links);
        }),
        runs(40, 500),
      );
    },
    timeoutMs,
  );

  it(
    'law: after a retraction everything is as if the signal had never come',
    () => {
      fc.assert(
        fc.property(anyCorrelationInputs(), fc.nat(), (inputs, pick) => {
          const all = reports(inputs);
          const gone = all[pick % Math.max(1, all.length)];
          fc.pre(gone !== undefined);
          if (gone === undefined) return;
          const retraction: ToldInput = { ...gone, position: 1_000, signal: { ...gone.signal, kind: 'retraction', revision: 9 } };
          const others = inputs.filter((input) => input.kind !== 'signal' || input.signal.id !== gone.signal.id);

          expect(applied([...inputs, retraction]).state()).toEqual(applied(others).state());
        }),
        runs(40, 500),
      );
    },
    timeoutMs,
  );

  it(
    'law: the evidence of every link sums exactly to its score',
    () => {
      const millibits = (bits: number) => Math.round(bits * 1000);
      fc.assert(
        fc.property(anyCorrelationInputs(), (inputs) => {
          for (const { bits, evidence } of applied(inputs).state().links) {
            expect(evidence.reduce((sum, line) => sum + millibits(line.bits), 0)).toBe(millibits(bits));
            expect(millibits(bits) / 1000).toBe(bits);
          }
        }),
        runs(40, 500),
      );
    },
    timeoutMs,
  );

  it(
    'law: a counterfactual is what recomputing without the signal or source gives, and leaves no trace',
    () => {
      fc.assert(
        fc.property(anyCorrelationInputs(25), (inputs) => {
          const correlator = applied(inputs);
          const before = correlator.state();
          for (const [incident, members] of before.incidents) {
            for (const { without, groups } of correlator.counterfactuals(incident)) {
              const isOut = (input: ToldInput) =>
                input.kind === 'signal' &&
                members.includes(input.signal.id) &&
                ('signal' in without ? input.signal.id === without.signal : input.signal.source === without.source);
              const { incidents } = correlateBatch(
                inputs.filter((input) => !isOut(input)),
                ruleset,
              );
              const expected = [...incidents.values()]
                .map((ids) => ids.filter((id) => members.includes(id)))
                .filter(({ length }) => length > 0);
              expect(groups.map(String).sort()).toEqual(expected.map(String).sort());
            }
          }
          expect(correlator.state()).toEqual(before);
        }),
        runs(15, 200),
      );
    },
    timeoutMs,
  );

  it(
    'law: every incident id ever given resolves as long as its signal is there',
    () => {
      fc.assert(
        fc.property(anyCorrelationInputs(), (inputs) => {
          const correlator = createCorrelator(ruleset);
          const given = new Set<string>();
          for (const input of inputs) {
            for (const { id, members } of correlator.apply([input]).incidents) if (members.length > 0) given.add(id);
            const live = new Set([...correlator.state().incidents.values()].flat());
            for (const id of given) expect(correlator.incidentOf(id) !== undefined).toBe(live.has(id));
          }
        }),
        runs(40, 500),
      );
    },
    timeoutMs,
  );
});
