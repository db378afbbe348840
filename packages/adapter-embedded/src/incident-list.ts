import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  type FacetCount,
  type IncidentCondition,
  type IncidentQuery,
  type IncidentSort,
  type ListedIncident,
  severityRank,
} from '@samenhang/ports';
import { createCodeCounts, createFacetReader } from './facet-codes.ts';
import { createNumberSet, type NumberSet } from './number-set.ts';
import type { ViewMemory } from './view-memory.ts';

const columns = {
  activity: 'changed',
  lastSeen: 'last_seen',
  firstSeen: 'first_seen',
  size: 'size',
  severity: 'severity',
  hybrid: 'hybrid',
} as const satisfies Record<IncidentSort, string>;

type Value = string | number;
interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** Finds incidents by an index of their order, or by the terms of their members. */
export interface IncidentList {
  /** By key descending, then id ascending, with every filter and-ed. A page costs what it and the filters touch. */
  list(query: IncidentQuery): readonly ListedIncident[];
  /** Counts values over every incident that the condition finds: from what is counted already, or in one pass over an index that holds them. */
  countFacets(condition: IncidentCondition): readonly FacetCount[];
}

/** So few incidents are looked up and sorted; more are met soon on the way through the order. */
const fewIncidents = 500;

/** So many counts are kept until something is written: a page of incidents is asked for again and again with the same ones. */
const answersKept = 100;

/** Works on a file that has the view schema. */
export function createIncidentList(database: DatabaseSync, memory: ViewMemory): IncidentList {
  const { holders, tally } = memory;
  const statements = new Map<string, StatementSync>();
  const told = createFacetReader(database);
  const prepared = (sql: string): StatementSync => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const answers = new Map<string, readonly FacetCount[]>();
  let answersOf = memory.version();
  let wanted: NumberSet = createNumberSet(0);
  database.function('is_wanted', (seq) => Number(wanted.has(Number(seq))));

  /** How the statement finds those that hold the terms: by their numbers, or one by one on its way. */
  function termConditions({ terms }: IncidentCondition): readonly Condition[] {
    if (terms.length === 0) return [];
    wanted = holders.incidentsWith(terms);
    if (wanted.size() > fewIncidents) return [{ sql: 'is_wanted(seq)', values: [] }];
    return [{ sql: 'seq IN (SELECT value FROM json_each(?))', values: [JSON.stringify(wanted.numbers())] }];
  }

  /** What is known without reading an incident; undefined when their rows have to be looked at. */
  function counted(condition: IncidentCondition): ReadonlyMap<number, number> | undefined {
    const { audience: _audience, minSize, terms, ...narrowing } = condition;
    if (minSize > 2 || Object.values(narrowing).some((value) => value !== undefined)) return undefined;
    if (terms.length === 0) return tally.ofAll(minSize === 2 ? 2 : 1);
    return minSize === 2 ? tally.ofThose(holders.incidentsWith(terms)) : undefined;
  }

  function count(condition: IncidentCondition): ReadonlyMap<number, number> {
    const conditions = [...conditionsOf(condition, columns.activity), ...termConditions(condition)];
    // The planner is told the index, or it would take a narrower one and look up every row.
    const index = condition.minSize >= 2 ? 'incidents_by_activity' : 'every_incident_by_activity';
    const from = conditions.some(({ sql }) => sql.startsWith('seq IN')) ? 'incidents' : `incidents INDEXED BY ${index}`;
    const statement = prepared(`SELECT group_concat(facets, '') AS facets FROM ${from} WHERE ${allOf(conditions)}`);
    const counts = createCodeCounts();
    counts.add(String(statement.get(...valuesOf(conditions))?.facets ?? ''), 1);
    return counts.counts();
  }

  return {
    list(query) {
      const conditions = [...conditionsOf(query, columns[query.sort]), ...placeOf(query), ...termConditions(query)];
      const statement = prepared(
        `SELECT summary, changed FROM incidents WHERE ${allOf(conditions)} ORDER BY ${columns[query.sort]} DESC, id LIMIT ?`,
      );
      const rows = statement.all(...valuesOf(conditions), query.limit);
      return rows.map(({ summary, changed }) => ({ ...JSON.parse(String(summary)), changed: Number(changed) }));
    },
    countFacets(condition) {
      if (answersOf !== memory.version() || answers.size >= answersKept) answers.clear();
      answersOf = memory.version();
      const question = JSON.stringify(condition);
      const known = answers.get(question) ?? told(counted(condition) ?? count(condition));
      answers.set(question, known);
      return known;
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
function conditionsOf({ minSize, from, to, status, severity, tlp, changedSince }: IncidentCondition, order: string): readonly Condition[] {
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
  return conditions;
}
