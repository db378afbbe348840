import { anyCorrelationInputs } from '@samenhang/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CorrelationInput } from '../correlator.ts';
import { levelOfCount } from '../pair-facts.ts';
import { draftsOf, factsOfSignal, profileOf, traitsOf } from '../profile.ts';
import type { Ruleset } from '../ruleset.ts';
import { scorePair } from '../score.ts';
import { tightRuleset } from '../tight-ruleset.ts';
import { KeyIndex } from './key-index.ts';
import { PairScorer } from './pair-scorer.ts';
import { SignalTable } from './signal-table.ts';

/** The test ruleset with a weight of its own for everything that two profiles can agree on, so that a line that is left out shows. */
const ruleset: Ruleset = {
  ...tightRuleset,
  classes: {
    indicator: { ...tightRuleset.classes.indicator, agreement: distinctBits(1) },
    note: { ...tightRuleset.classes.note, agreement: distinctBits(-1.5) },
    report: { ...tightRuleset.classes.report, agreement: distinctBits(2) },
  },
};

function distinctBits(factor: number): Ruleset['classes']['note']['agreement'] {
  const names = Object.keys(tightRuleset.classes.note.agreement);
  return Object.fromEntries(names.map((name, at) => [name, (at - 4) * factor])) as Ruleset['classes']['note']['agreement'];
}

type SignalInput = Extract<CorrelationInput, { kind: 'signal' }>;

const anySignals = anyCorrelationInputs().map((inputs) => {
  const byId = new Map<string, SignalInput>();
  for (const input of inputs) if (input.kind === 'signal') byId.set(input.signal.id, input);
  return [...byId.values()].sort((a, b) => (a.signal.id < b.signal.id ? -1 : 1));
});

const profileOfInput = ({ signal, enrichment }: SignalInput) => profileOf(signal, enrichment, ruleset);

function tabled(inputs: readonly SignalInput[]) {
  const keys = new KeyIndex(ruleset);
  const signals = new SignalTable(ruleset, keys);
  const slots = inputs.map(({ signal, enrichment }) => {
    const slot = signals.slotOf(signal.id);
    const facts = factsOfSignal(signal, enrichment);
    signals.enter(slot, traitsOf(signal, facts, ruleset), draftsOf(facts));
    for (const key of signals.keys(slot)) keys.add(key, slot);
    return slot;
  });
  return { keys, signals, slots };
}

describe('the scorer over flat arrays', () => {
  it('law: comes to what the plain score comes to, for every pair', () => {
    fc.assert(
      fc.property(anySignals, (inputs) => {
        const profiles = inputs.map(profileOfInput);
        const { keys, signals, slots } = tabled(inputs);
        const scorer = new PairScorer(ruleset, signals, keys);
        const levelOf = ({ kind, value }: { readonly kind: string; readonly value: string }) =>
          levelOfCount(keys.count(keys.numberOf(kind, value)));
        for (const [i, a] of profiles.entries()) {
          for (const [j, b] of profiles.slice(0, i).entries()) {
            scorer.score(slots[i] ?? 0, slots[j] ?? 0, () => true);
            const { millibits, besidesTime } = scorePair(a, b, levelOf, ruleset);
            expect([scorer.millibits, scorer.besidesTime]).toEqual([millibits, besidesTime]);
          }
        }
      }),
    );
  });

  it('law: gives back the profile that was packed', () => {
    fc.assert(
      fc.property(anySignals, (inputs) => {
        const profiles = inputs.map(profileOfInput);
        const { signals, slots } = tabled(inputs);
        for (const [at, profile] of profiles.entries()) {
          const { sketch } = profile;
          expect(signals.profile(slots[at] ?? 0)).toEqual({ ...profile, sketch: { ...sketch, hashes: Array.from(sketch.hashes) } });
        }
      }),
    );
  });

  it('law: a value that more stories hold never raises a score', () => {
    fc.assert(
      fc.property(anySignals, fc.nat({ max: 9 }), fc.nat(), (inputs, level, pick) => {
        const profiles = inputs.map(profileOfInput);
        for (const [i, a] of profiles.entries()) {
          for (const b of profiles.slice(0, i)) {
            const risen = a.keys[pick % Math.max(1, a.keys.length)];
            const levelOf = (rise: number) => (key: { readonly kind: string; readonly value: string }) =>
              1 + (key.value.length % 3) + (key.kind === risen?.kind && key.value === risen.value ? rise : 0);
            const [before, after] = [scorePair(a, b, levelOf(0), ruleset), scorePair(a, b, levelOf(level), ruleset)];
            expect(after.millibits).toBeLessThanOrEqual(before.millibits);
            expect(after.besidesTime).toBeLessThanOrEqual(before.besidesTime);
          }
        }
      }),
    );
  });
});
