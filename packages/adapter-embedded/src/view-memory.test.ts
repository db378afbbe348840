import { DatabaseSync } from 'node:sqlite';
import type { ViewWrite } from '@samenhang/ports';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createViewMemory, type ViewMemory } from './view-memory.ts';
import { viewSchema } from './view-schema.ts';
import { createViewWriter } from './view-writer.ts';

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const words = ['word:one', 'word:two', 'word:three'];
const remembersAll = { worthRemembering: 0 };

const signal = fc.record({ id: fc.constantFrom(...ids), terms: fc.subarray(words) });
const membership = fc.record({ signalId: fc.constantFrom(...ids), incidentId: fc.option(fc.constantFrom(...ids)) });
const incident = fc.record({
  id: fc.constantFrom(...ids),
  size: fc.integer({ min: 0, max: 3 }),
  themes: fc.subarray(['digital', 'military', 'diaspora']),
});
const change = fc.record({
  signals: fc.array(signal, { maxLength: 3 }),
  memberships: fc.array(membership, { maxLength: 3 }),
  incidents: fc.array(incident, { maxLength: 3 }),
  /** Whether the transaction is kept. */
  kept: fc.boolean(),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

const rest = {
  severity: 'low',
  status: 'new',
  marking: { tlp: 'clear' },
  firstSeen: '',
  lastSeen: '',
  revision: 0,
  domains: [],
  sectors: [],
};
const none = { places: [], techniques: [], sourceTypes: [], sources: [] };

const writeOf = ({ signals, memberships, incidents }: Change, at: number): ViewWrite => ({
  audience: 'a',
  progress: { topic: 't', partition: 0, nextOffset: at + 1 },
  signals: signals.map(({ id, terms }, index) => ({
    ...{ id, terms, position: at * 10 + index, revision: 1, signal: null, enrichment: null, observables: [] },
    ...{ enrichedAt: '', queryableAt: '' },
  })),
  memberships: memberships.map((each) => ({ ...each, correlatedAt: '' })),
  incidents: incidents.map(({ id, size, themes }) => ({
    id,
    lineage: [],
    summary: size === 0 ? null : ({ ...rest, ...none, id, size, themes } as never),
  })),
});

function answersOf({ holders, tally }: ViewMemory) {
  const questions = [...words.map((word) => [word]), words.slice(0, 2), words];
  const sets = questions.map((terms) => holders.incidentsWith(terms));
  const inOrder = (counts: ReadonlyMap<number, number>) => [...counts].sort(([a], [b]) => a - b);
  return {
    incidents: sets.map((set) => set.numbers()),
    all: ([1, 2] as const).map((least) => inOrder(tally.ofAll(least))),
    those: sets.map((set) => inOrder(tally.ofThose(set))),
  };
}

describe('what is kept in memory of the views', () => {
  it('law: answers as the file does when it is read anew, whatever was written or undone since it was asked first', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        using database = new DatabaseSync(':memory:');
        database.exec(viewSchema);
        const memory = createViewMemory(database, remembersAll);
        const writer = createViewWriter(database, memory);
        for (const [at, each] of changes.entries()) {
          database.exec('BEGIN');
          const keep = writer.apply([writeOf(each, at)]);
          if (each.kept) {
            database.exec('COMMIT');
            keep();
          } else {
            database.exec('ROLLBACK');
            memory.forget();
          }
          expect(answersOf(memory)).toEqual(answersOf(createViewMemory(database, remembersAll)));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('rises in version with every write, so that nothing that was worked out before is taken for true', () => {
    using database = new DatabaseSync(':memory:');
    database.exec(viewSchema);
    const memory = createViewMemory(database);
    const writer = createViewWriter(database, memory);
    const before = memory.version();

    writer.apply([writeOf({ signals: [], memberships: [], incidents: [], kept: true }, 0)]);

    expect(memory.version()).toBeGreaterThan(before);
  });
});
