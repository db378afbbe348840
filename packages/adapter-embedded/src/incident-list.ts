import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  type FacetCount,
  type IncidentCondition,
  type IncidentQuery,
  type IncidentSort,
  type ListedIncident,
  severityRank,
} from '@samenhang/ports';
import { createFacetReader } from './facet-codes.ts';
import { matching } from './search-token.ts';

const columns = {
  activity: 'changed',
  lastSeen: 'last_seen',
  firstSeen: 'first_seen',
  size: 'size',
  severity: 'severity',
  hybrid: 'hybrid',
} as const satisfies Record<IncidentSort, string>;

const hasTerm = `seq IN (SELECT k.incident FROM known k
  WHERE k.seq IN (SELECT rowid FROM signal_terms WHERE signal_terms MATCH ?) AND k.incident IS NOT NULL)`;

type Value = string | number;
interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** Finds incidents by an index of their order, or by the terms of their members. */
export interface IncidentList {
  /** By key descending, then id ascending, with every filter and-ed. A page costs what it and the filters touch. */
  list(query: IncidentQuery): readonly ListedIncident[];
  /** Counts values over every incident that the condition finds, in one pass over an index that holds them. */
  countFacets(condition: IncidentCondition): readonly FacetCount[];
}

/** Works on a file that has the view schema. */
export function createIncidentList(database: DatabaseSync): IncidentList {
  const statements = new Map<string, StatementSync>();
  const countsIn = createFacetReader(database);
  const prepared = (sql: string): StatementSync => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    list(query) {
      const conditions = [...conditionsOf(query, columns[query.sort]), ...placeOf(query)];
      const statement = prepared(
        `SELECT summary, changed FROM incidents WHERE ${allOf(conditions)} ORDER BY ${columns[query.sort]} DESC, id LIMIT ?`,
      );
      const rows = statement.all(...valuesOf(conditions), query.limit);
      return rows.map(({ summary, changed }) => ({ ...JSON.parse(String(summary)), changed: Number(changed) }));
    },
    countFacets(condition) {
      const conditions = conditionsOf(condition, columns.activity);
      // Without terms the planner is told the index, or it would take a narrower one and look up every row.
      const index = condition.minSize >= 2 ? 'incidents_by_activity' : 'every_incident_by_activity';
      const from = condition.terms.length === 0 ? `incidents INDEXED BY ${index}` : 'incidents';
      const statement = prepared(`SELECT group_concat(facets, '') AS facets FROM ${from} WHERE ${allOf(conditions)}`);
      const text = statement.get(...valuesOf(conditions))?.facets ?? '';
      return [...countsIn(String(text))].map(([value, count]) => ({ ...value, count }));
    },
  };
}

const allOf = (conditions: readonly Condition[]): string => conditions.map(({ sql }) => sql).join(' AND ');
const valuesOf = (conditions: readonly Condition[]): readonly Value[] => conditions.flatMap(({ values }) => values);

function placeOf({ sort, after }: IncidentQuery): readonly Condition[] {
  const column = columns[sort];
  return after === undefined ? [] : [{ sql: `${column} <= ? AND (${column} < ? OR id > ?)`, values: [after.key, after.key, after.id] }];
}

/** The column of the order may bound the index that is read; every other one is only looked at (`+`), or the planner would read its index and sort. */
function conditionsOf(
  { minSize, from, to, terms, status, severity, tlp, changedSince }: IncidentCondition,
  order: string,
): readonly Condition[] {
  // The number is in the text so that SQLite can tell which partial index holds every row of the answer.
  const conditions: Condition[] = [{ sql: `size >= ${minSize >= 2 ? 2 : 1}`, values: [] }];
  const add = (column: string, comparison: string, value: Value | undefined): void => {
    if (value !== undefined) conditions.push({ sql: `${column === order ? '' : '+'}${column} ${comparison} ?`, values: [value] });
  };
  add('size', '>=', minSize);
  add('changed', '>=', changedSince);
  add('last_seen', '>=', from);
  add('first_seen', '<=', to);
  add('status', '=', status);
  add('severity', '=', severity === undefined ? undefined : severityRank(severity));
  add('tlp', '=', tlp);
  for (const term of terms) conditions.push({ sql: hasTerm, values: [matching(term)] });
  return conditions;
}
