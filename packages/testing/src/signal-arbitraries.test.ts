import { observedSpan, PostedSignal, signalId } from '@samenhang/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSignal } from './builders.ts';
import { anySignals } from './signal-arbitraries.ts';

describe('signals for tests', () => {
  it('law: are valid, strictly ordered by receipt, and never twice the same revision', () => {
    fc.assert(
      fc.property(anySignals(), (signals) => {
        for (const { id: _id, contentHash: _hash, receivedAt: _received, firstReceivedAt: _first, flags: _flags, ...posted } of signals) {
          expect(PostedSignal.parse(posted)).toEqual(posted);
          observedSpan(posted.observedAt);
        }
        const received = signals.map(({ receivedAt }) => receivedAt);
        expect(received).toEqual([...new Set(received)].sort());
        expect(new Set(signals.map(({ id, revision }) => `${id} ${revision}`)).size).toBe(signals.length);
      }),
    );
  });

  it('have the id that their source and external id give', () => {
    expect(aSignal({ source: 'x', externalId: 'y' }).id).toBe(signalId('x', 'y'));
  });
});
