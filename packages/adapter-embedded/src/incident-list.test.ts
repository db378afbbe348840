import { DatabaseSync } from 'node:sqlite';
import { type IncidentCondition, incidentSorts } from '@samenhang/ports';
import { describe, expect, test } from 'vitest';
import { createIncidentList } from './incident-list.ts';
import { createViewMemory } from './view-memory.ts';
import { viewSchema } from './view-schema.ts';

/** What SQLite does for every statement that is prepared on it once the file was filled. */
function withPlans(use: (list: ReturnType<typeof createIncidentList>) => void, fill = ''): readonly string[] {
  using database = new DatabaseSync(':memory:');
  database.exec(`${viewSchema};${fill}`);
  const plans: string[] = [];
  const watched = new Proxy(database, {
    get(target, name) {
      if (name === 'function') return target.function.bind(target);
      if (name !== 'prepare') return Reflect.get(target, name);
      return (sql: string) => {
        if (sql.includes('FROM incidents'))
          plans.push(
            ...target
              .prepare(`EXPLAIN QUERY PLAN ${sql}`)
              .all(...places(sql))
              .map(({ detail }) => String(detail)),
          );
        return target.prepare(sql);
      };
    },
  });
  use(createIncidentList(watched, createViewMemory(database)));
  return plans;
}

const places = (sql: string): readonly string[] => [...sql.matchAll(/\?/g)].map(() => '"t:x"');
const every: IncidentCondition = { audience: 'a', minSize: 2, terms: [] };
const narrow = { from: '2026', to: '2027', status: 'new', severity: 'low', tlp: 'clear', changedSince: 4 } as const;

/** So many signals that hold a word, each the anchor of an incident. */
const holding = (word: string, count: number): string =>
  `WITH RECURSIVE n(seq) AS (VALUES (1) UNION ALL SELECT seq + 1 FROM n WHERE seq < ${count})
  INSERT INTO known (seq, id, incident) SELECT seq, seq, seq FROM n;
  INSERT INTO signal_terms (rowid, tokens) SELECT seq, 't:word:${word}' FROM known;`;

describe('a list of incidents', () => {
  test.each(incidentSorts)('is read in the order of an index and never sorted, by %s', (sort) => {
    const plans = withPlans(({ list }) => {
      list({ ...every, sort, limit: 5 });
      list({ ...every, ...narrow, sort, limit: 5, after: { key: 1, id: 'x' } });
    });

    expect(plans).toHaveLength(2);
    for (const plan of plans) expect(plan).toMatch(/USING (COVERING )?INDEX incidents_by_/);
  });

  test.each(['activity', 'lastSeen'] as const)('that holds single reports too is read in the order of an index, by %s', (sort) => {
    const plans = withPlans(({ list }) => list({ ...every, minSize: 1, sort, limit: 5 }));

    expect(plans).toEqual([expect.stringMatching(/USING INDEX every_incident_by_/)]);
  });

  test.each([
    [1, 'every_incident_by_activity'],
    [2, 'incidents_by_activity'],
  ])('is counted from one index that holds all that is asked, from size %i', (minSize, index) => {
    const plans = withPlans(({ countFacets }) => countFacets({ ...every, ...narrow, minSize, changedSince: 0 }));

    expect(plans).toEqual([expect.stringContaining(`USING COVERING INDEX ${index}`)]);
  });

  test('is counted without reading any incident when there is no filter but terms', () => {
    const plans = withPlans(({ countFacets }) => {
      countFacets({ ...every, minSize: 1 });
      countFacets(every);
      countFacets({ ...every, terms: ['word:x'] });
    });

    expect(plans).toEqual([]);
  });

  test('by terms of few incidents is found from these', () => {
    const terms = ['word:x'];
    const plans = withPlans(
      ({ list, countFacets }) => {
        list({ ...every, sort: 'hybrid', limit: 5, terms });
        countFacets({ ...every, ...narrow, terms });
      },
      holding('x', 3),
    );

    const found = plans.filter((plan) => plan.startsWith('SEARCH incidents'));
    expect(found).toEqual([expect.stringContaining('INTEGER PRIMARY KEY'), expect.stringContaining('INTEGER PRIMARY KEY')]);
  });

  test('by terms of many incidents is read in the order of an index', () => {
    const plans = withPlans(({ list }) => list({ ...every, sort: 'hybrid', limit: 5, terms: ['word:x'] }), holding('x', 501));

    expect(plans).toEqual([expect.stringMatching(/USING INDEX incidents_by_hybrid/)]);
  });
});
