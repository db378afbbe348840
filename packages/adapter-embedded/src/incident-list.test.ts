import { DatabaseSync } from 'node:sqlite';
import { type IncidentCondition, incidentSorts } from '@samenhang/ports';
import { describe, expect, test } from 'vitest';
import { createIncidentList } from './incident-list.ts';
import { viewSchema } from './view-schema.ts';

/** What SQLite does for every statement that is prepared on it. */
function withPlans(use: (database: DatabaseSync) => void): readonly string[] {
  using database = new DatabaseSync(':memory:');
  database.exec(viewSchema);
  const plans: string[] = [];
  const watched = new Proxy(database, {
    get(target, name) {
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
  use(watched);
  return plans;
}

const places = (sql: string): readonly string[] => [...sql.matchAll(/\?/g)].map(() => '"t:x"');
const every: IncidentCondition = { audience: 'a', minSize: 2, terms: [] };
const narrow = { from: '2026', to: '2027', status: 'new', severity: 'low', tlp: 'clear', changedSince: 4 } as const;

describe('a list of incidents', () => {
  test.each(incidentSorts)('is read in the order of an index and never sorted, by %s', (sort) => {
    const plans = withPlans((database) => {
      const { list } = createIncidentList(database);
      list({ ...every, sort, limit: 5 });
      list({ ...every, ...narrow, sort, limit: 5, after: { key: 1, id: 'x' } });
    });

    expect(plans).toHaveLength(2);
    for (const plan of plans) expect(plan).toMatch(/USING (COVERING )?INDEX incidents_by_/);
  });

  test.each(['activity', 'lastSeen'] as const)('that holds single reports too is read in the order of an index, by %s', (sort) => {
    const plans = withPlans((database) => createIncidentList(database).list({ ...every, minSize: 1, sort, limit: 5 }));

    expect(plans).toEqual([expect.stringMatching(/USING INDEX every_incident_by_/)]);
  });

  test.each([
    [1, 'every_incident_by_activity'],
    [2, 'incidents_by_activity'],
  ])('is counted from one index that holds all that is asked, from size %i', (minSize, index) => {
    const plans = withPlans((database) => {
      const { countFacets } = createIncidentList(database);
      countFacets({ ...every, ...narrow, minSize, changedSince: 0 });
      countFacets({ ...every, minSize });
    });

    const covered = expect.stringContaining(`USING COVERING INDEX ${index}`);
    expect(plans).toEqual([covered, covered]);
  });

  test('by terms is found from the terms', () => {
    const plans = withPlans((database) => createIncidentList(database).countFacets({ ...every, terms: ['word:x'] }));

    expect(plans.join('\n')).toMatch(/SEARCH incidents USING (INTEGER PRIMARY KEY|COVERING INDEX|INDEX)/);
    expect(plans.join('\n')).toMatch(/signal_terms VIRTUAL TABLE INDEX/);
  });
});
