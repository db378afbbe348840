import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditEntry, type AuditEvent, chainAuditEvent, emptyAuditHead, findAuditFault } from './audit-entry.ts';

const event = fc.record({
  at: fc.constant('2026-01-02T03:04:05.000000Z'),
  by: fc.constantFrom('ann', 'bob'),
  action: fc.constantFrom('read' as const, 'judge' as const, 'erase' as const),
  audience: fc.constantFrom('fusion-cell', null),
  object: fc.string({ maxLength: 20 }),
  tlp: fc.constantFrom('amber' as const, null),
});

function chainOf(events: readonly AuditEvent[]): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (const one of events) entries.push(chainAuditEvent(entries.at(-1) ?? emptyAuditHead, 'query-1', one));
  return entries;
}

const chains = fc.array(event, { minLength: 1, maxLength: 12 }).map(chainOf);
const headOf = (entries: readonly AuditEntry[]) => entries.at(-1) ?? emptyAuditHead;

describe('an audit chain', () => {
  it('law: an untouched chain has no fault', () => {
    fc.assert(fc.property(chains, (entries) => findAuditFault(entries, headOf(entries)) === undefined));
  });

  it('law: any edit of any entry is found', () => {
    fc.assert(
      fc.property(chains, fc.nat(), fc.constantFrom('by', 'object', 'at'), (entries, at, field) => {
        const place = at % entries.length;
        const edited = entries.map((entry, index) => (index === place ? { ...entry, [field]: `${entry.at}x` } : entry));

        expect(findAuditFault(edited, headOf(entries))).toEqual({ kind: 'edited', sequence: place + 1 });
      }),
    );
  });

  it('law: an edit with all later hashes made anew is found by the head', () => {
    fc.assert(
      fc.property(chains, fc.nat(), (entries, at) => {
        const place = at % entries.length;
        const forged = chainOf(
          entries.map(({ writer: _w, sequence: _s, previous: _p, hash: _h, ...one }, index) =>
            index === place ? { ...one, by: 'mallory' } : one,
          ),
        );

        expect(findAuditFault(forged, headOf(entries))).toEqual({ kind: 'edited', sequence: entries.length });
      }),
    );
  });

  it('law: a removed entry is found, at the end as a cut', () => {
    fc.assert(
      fc.property(chains, fc.nat(), (entries, at) => {
        const place = at % entries.length;
        const shorter = entries.filter((_, index) => index !== place);
        const fault = findAuditFault(shorter, headOf(entries));

        expect(fault).toEqual(
          place === entries.length - 1
            ? { kind: 'cut', sequence: place, expected: entries.length }
            : { kind: 'missing', sequence: place + 1 },
        );
      }),
    );
  });
});
