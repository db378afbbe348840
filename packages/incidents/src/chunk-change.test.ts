import type { IncidentChanged } from '@samenhang/events';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunkChange } from './chunk-change.ts';

const id = fc.integer({ min: 0, max: 999 }).map((number) => `00000000-0000-5000-8000-000000000${String(number).padStart(3, '0')}`);
const pair = fc.tuple(id, id);
const link = fc
  .record({ a: id, b: id, says: fc.string({ maxLength: 400 }) })
  .map(({ a, b, says }) => ({ a, b, kind: 'link' as const, bits: 1, evidence: [{ kind: 'domain', bits: 1, says }] }));
const lineage = fc.record({
  cause: fc.constant('joined' as const),
  signals: fc.array(id, { maxLength: 3 }),
  incidents: fc.constant([]),
  position: fc.nat(),
});
const anyChange: fc.Arbitrary<IncidentChanged> = fc.record({
  audience: fc.constant('cell'),
  id,
  batch: fc.constant({ from: 0, through: 1 }),
  rulesetVersion: fc.constant('r'),
  summary: fc.constant(null),
  joined: fc.array(id, { maxLength: 30 }),
  left: fc.array(id, { maxLength: 10 }),
  lineage: fc.array(lineage, { maxLength: 10 }),
  links: fc.array(link, { maxLength: 30 }),
  unlinked: fc.array(pair, { maxLength: 10 }),
});

describe('chunking a change', () => {
  test('keeps a small change whole', () => {
    const change: IncidentChanged = {
      audience: 'cell',
      id: 'x',
      batch: { from: 0, through: 1 },
      rulesetVersion: 'r',
      summary: null,
      joined: ['a'],
      left: [],
      lineage: [],
      links: [],
      unlinked: [],
    };

    expect(chunkChange(change)).toEqual([change]);
  });

  test('law: the chunks together say what the change says, and none holds more than the limit unless one piece does', () => {
    fc.assert(
      fc.property(anyChange, (change) => {
        const chunks = chunkChange(change, 1_000);

        for (const part of ['joined', 'left', 'lineage', 'links', 'unlinked'] as const) {
          expect(chunks.flatMap((chunk) => [...chunk[part]])).toEqual(change[part]);
        }
        for (const { joined, left, lineage: entries, links, unlinked } of chunks) {
          const pieces = [...joined, ...left, ...entries, ...links, ...unlinked].map((piece) => JSON.stringify(piece).length);
          expect(pieces.length < 2 || pieces.reduce((sum, size) => sum + size, 0) <= 1_000).toBe(true);
        }
      }),
    );
  });
});
