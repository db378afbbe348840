import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { IncidentSummary } from '@samenhang/domain';
import type { IncidentQuery, IncidentSort } from '@samenhang/ports';
import { matching } from './search-token.ts';

const columns = { lastSeen: 'last_seen', firstSeen: 'first_seen', size: 'size', severity: 'severity' } as const satisfies Record<
  IncidentSort,
  string
>;

const hasTerm = `seq IN (SELECT k.incident FROM known k
  WHERE k.seq IN (SELECT rowid FROM signal_terms WHERE signal_terms MATCH ?) AND k.incident IS NOT NULL)`;

type Value = string | number;
interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** Lists incidents by key descending, then id ascending, with every filter and-ed. A page costs what it and the filters touch. */
export function createIncidentList(database: DatabaseSync): (query: IncidentQuery) => readonly IncidentSummary[] {
  const statements = new Map<string, StatementSync>();
  return (query) => {
    const conditions = conditionsOf(query);
    const sql = `SELECT summary FROM incidents WHERE ${conditions.map((condition) => condition.sql).join(' AND ')}
      ORDER BY ${columns[query.sort]} DESC, id LIMIT ?`;
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    const values = [...conditions.flatMap((condition) => condition.values), query.limit];
    return statement.all(...values).map(({ summary }) => JSON.parse(String(summary)));
  };
}

function conditionsOf({ minSize, sort, after, from, to, terms, status }: IncidentQuery): readonly Condition[] {
  const column = columns[sort];
  const conditions: Condition[] = [
    // The number is in the text so that SQLite can tell which partial index holds every row of the answer.
    { sql: `size >= ${minSize >= 2 ? 2 : 1}`, values: [] },
    { sql: 'size >= ?', values: [minSize] },
  ];
  if (after !== undefined)
    conditions.push({ sql: `${column} <= ? AND (${column} < ? OR id > ?)`, values: [after.key, after.key, after.id] });
  if (from !== undefined) conditions.push({ sql: 'last_seen >= ?', values: [from] });
  if (to !== undefined) conditions.push({ sql: 'first_seen <= ?', values: [to] });
  if (status !== undefined) conditions.push({ sql: 'status = ?', values: [status] });
  for (const term of terms) conditions.push({ sql: hasTerm, values: [matching(term)] });
  return conditions;
}
