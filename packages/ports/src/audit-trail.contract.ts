import { type AuditEvent, chainAuditEvent, emptyAuditHead, findAuditFault } from '@samenhang/domain';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { AuditTrail } from './audit-trail.ts';
import { anyText } from './contract-arbitraries.ts';
import { createSuite, type SuiteSettings } from './contract-suite.ts';

/** An adapter as the suite drives it; each trail that it opens is empty. */
export interface AuditTrailUnderTest extends AsyncDisposable {
  open(): Promise<AuditTrail>;
}

const anyEvent: fc.Arbitrary<AuditEvent> = fc.record(
  {
    at: fc.constant('2026-11-24T21:00:00.000Z'),
    by: anyText(20).map((text) => `by ${text}`),
    action: fc.constantFrom('read', 'export', 'judge', 'key-created'),
    audience: fc.constantFrom('fusion-cell', null),
    object: anyText(60),
    tlp: fc.constantFrom('red', 'amber', null),
  },
  { noNullPrototype: true },
);
const anyHaste = fc.constantFrom('now' as const, 'soon' as const);
const aRead: AuditEvent = { at: '2026-11-24T21:00:00.000Z', by: 'ann', action: 'read', audience: null, object: 'x', tlp: null };

/** Holds an adapter to every guarantee of the AuditTrail port. */
export function describeAuditTrail(adapter: string, open: () => Promise<AuditTrailUnderTest>, settings?: SuiteSettings): void {
  describe(`audit trail: ${adapter}`, () => {
    const { guarantees, runs } = createSuite(settings);
    let under: AuditTrailUnderTest | undefined;
    beforeAll(async () => {
      under = await open();
    });
    afterAll(async () => under?.[Symbol.asyncDispose]());
    const fresh = async (): Promise<AuditTrail> => {
      if (under === undefined) throw new Error('not open');
      return under.open();
    };

    guarantees('law: keeps every event once, in the order of the calls, as an unbroken chain', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(anyEvent, anyHaste), { maxLength: 30 }), async (told) => {
          await using trail = await fresh();
          await Promise.all(told.map(([event, haste]) => trail.record(event, haste)));

          const entries = await trail.entries();
          expect(entries.map(({ writer: _w, sequence: _s, previous: _p, hash: _h, ...event }) => event)).toEqual(
            told.map(([event]) => event),
          );
          expect(findAuditFault(entries, await trail.anchor())).toBeUndefined();
        }),
        { numRuns: runs },
      );
    });

    guarantees('law: its anchor is on the last entry once everything is durable, so that a cut tail is found', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyEvent, { minLength: 1, maxLength: 10 }), fc.nat(), async (events, cut) => {
          await using trail = await fresh();
          await Promise.all(events.map((event) => trail.record(event, 'now')));
          const [entries, anchor] = [await trail.entries(), await trail.anchor()];

          const kept = entries.slice(0, cut % entries.length);

          expect(findAuditFault(kept, anchor)).toEqual({ kind: 'cut', sequence: kept.length, expected: events.length });
        }),
        { numRuns: runs },
      );
    });

    guarantees('begins with the empty head, before anything was recorded', async () => {
      await using trail = await fresh();

      expect([await trail.entries(), await trail.anchor()]).toEqual([[], emptyAuditHead]);
    });

    guarantees('holds what was recorded before a call of entries, however much it was in haste', async () => {
      await using trail = await fresh();
      const recorded = trail.record(aRead, 'soon');

      const [entry] = await trail.entries();

      expect(entry).toEqual(chainAuditEvent(emptyAuditHead, entry?.writer ?? '', aRead));
      await recorded;
    });

    guarantees('gives every trail a writer of its own', async () => {
      await using one = await fresh();
      await using other = await fresh();
      await Promise.all([one.record(aRead, 'now'), other.record(aRead, 'now')]);

      const writers = (await Promise.all([one.entries(), other.entries()])).flat().map(({ writer }) => writer);

      expect(new Set(writers).size).toBe(2);
    });

    guarantees('makes what was recorded durable before it is closed, and takes nothing afterwards', async () => {
      const trail = await fresh();
      const recorded = trail.record(aRead, 'soon');
      await trail[Symbol.asyncDispose]();

      await recorded;
      await expect(trail.record(aRead, 'now')).rejects.toThrow();
    });
  });
}
