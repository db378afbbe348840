import type { DatabaseSync } from 'node:sqlite';
import { factTerm, type IncidentSummary, type LineageEntry, type Link, type Observable, observableTerm } from '@samenhang/domain';
import type { FacetCount, IncidentCondition, IncidentQuery, ListedIncident, SourceScore, StoredSignal } from '@samenhang/ports';
import { createIncidentList } from './incident-list.ts';
import { matching } from './search-token.ts';

/** Reads the views of one audience. */
export interface ViewReader {
  progress(topic: string, partition: number): number;
  findSignals(ids: readonly string[]): readonly StoredSignal[];
  findByObservable(observable: Observable, limit: number): readonly StoredSignal[];
  findIncident(id: string): { readonly summary: IncidentSummary | null; readonly lineage: readonly LineageEntry[] } | undefined;
  members(incidentId: string): readonly string[];
  holders(signalId: string): readonly string[];
  scoreSource(source: string): SourceScore;
  links(incidentId: string): readonly Link[];
  listIncidents(query: IncidentQuery): readonly ListedIncident[];
  countFacets(condition: IncidentCondition): readonly FacetCount[];
}

const storedSignal = `SELECT k.id, s.document, i.id AS incident, k.correlated_at FROM known k
  JOIN signals s ON s.position = k.position LEFT JOIN known i ON i.seq = k.incident`;

const membersOf = `SELECT m.seq, m.id FROM known m WHERE m.incident = :incident AND m.incident <> m.seq
  UNION ALL SELECT m.seq, m.id FROM known m WHERE m.seq = :incident AND m.incident = m.seq`;

/** Works on a file that has the view schema. */
export function createViewReader(database: DatabaseSync): ViewReader {
  const progress = database.prepare('SELECT next_offset FROM progress WHERE topic = ? AND partition = ?');
  const byIds = database.prepare(`${storedSignal} WHERE k.id IN (SELECT value FROM json_each(?))`);
  const idsByTerm = database.prepare(
    'SELECT id FROM known WHERE seq IN (SELECT rowid FROM signal_terms WHERE signal_terms MATCH ?) ORDER BY id',
  );
  const seqOf = database.prepare('SELECT seq FROM known WHERE id = ?');
  const incident = database.prepare('SELECT summary FROM incidents WHERE seq = ?');
  const lineage = database.prepare('SELECT document FROM lineage WHERE incident = ? ORDER BY position, cause');
  const members = database.prepare(`SELECT id FROM (${membersOf}) ORDER BY id`);
  // CROSS JOIN holds the order of the tables: from the members to their links, never through all links.
  const links = database.prepare(`WITH m AS MATERIALIZED (SELECT seq FROM (${membersOf}))
    SELECT l.document FROM m CROSS JOIN links l ON l.newer = m.seq
    UNION ALL SELECT l.document FROM m CROSS JOIN links l ON l.older = m.seq WHERE l.newer NOT IN (SELECT seq FROM m)`);

  const holders = database.prepare(`SELECT id FROM known WHERE seq IN
    (SELECT incident FROM holders WHERE signal = :signal UNION SELECT seq FROM known WHERE seq = :signal AND incident = seq) ORDER BY id`);
  const scoreOf =
    database.prepare(`SELECT count(*) AS signals, min(k.id) AS first, total(i.size >= 2) AS held, total(i.size >= 1 AND i.sources >= 2) AS corroborated
    FROM signal_terms t JOIN known k ON k.seq = t.rowid LEFT JOIN incidents i ON i.seq = k.incident WHERE t.signal_terms MATCH ?`);
  const countTerm = database.prepare('SELECT count(*) AS count FROM signal_terms WHERE signal_terms MATCH ?');
  const incidents = createIncidentList(database);

  const sequenceOf = (id: string): number | undefined => {
    const row = seqOf.get(id);
    return row === undefined ? undefined : Number(row.seq);
  };

  function findSignals(ids: readonly string[]): readonly StoredSignal[] {
    const found = new Map(byIds.all(JSON.stringify(ids)).map((row) => [String(row.id), signalOf(row)]));
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  return {
    progress: (topic, partition) => Number(progress.get(topic, partition)?.next_offset ?? 0),
    findSignals,
    findByObservable(observable, limit) {
      const ids = idsByTerm.all(matching(observableTerm(observable))).map(({ id }) => String(id));
      const found: StoredSignal[] = [];
      // The term takes observables that differ in case for one; the document tells them apart.
      for (let at = 0; at < ids.length && found.length < limit; at += limit) {
        found.push(...findSignals(ids.slice(at, at + limit)).filter((signal) => holds(signal, observable)));
      }
      return found.slice(0, limit);
    },
    findIncident(id) {
      const seq = sequenceOf(id);
      const row = seq === undefined ? undefined : incident.get(seq);
      if (seq === undefined || row === undefined) return undefined;
      return {
        summary: row.summary === null ? null : JSON.parse(String(row.summary)),
        lineage: lineage.all(seq).map(({ document }) => JSON.parse(String(document))),
      };
    },
    members(incidentId) {
      const seq = sequenceOf(incidentId);
      return seq === undefined ? [] : members.all({ incident: seq }).map(({ id }) => String(id));
    },
    holders(signalId) {
      const seq = sequenceOf(signalId);
      return seq === undefined ? [] : holders.all({ signal: seq }).map(({ id }) => String(id));
    },
    scoreSource(source) {
      const score = scoreOf.get(matching(factTerm('source', source)));
      return {
        signals: Number(score?.signals ?? 0),
        inIncidents: Number(score?.held ?? 0),
        corroborated: Number(score?.corroborated ?? 0),
        retracted: Number(countTerm.get(matching(factTerm('retracted', source)))?.count ?? 0),
        first: typeof score?.first === 'string' ? score.first : null,
      };
    },
    links(incidentId) {
      const seq = sequenceOf(incidentId);
      if (seq === undefined) return [];
      const found: Link[] = links.all({ incident: seq }).map(({ document }) => JSON.parse(String(document)));
      return found.sort(byPair);
    },
    listIncidents: incidents.list,
    countFacets: incidents.countFacets,
  };
}

function signalOf(row: Record<string, unknown>): StoredSignal {
  const { id, document, incident, correlated_at } = row;
  const membership =
    correlated_at === null
      ? undefined
      : { signalId: String(id), incidentId: incident === null ? null : String(incident), correlatedAt: String(correlated_at) };
  return { ...JSON.parse(String(document)), membership };
}

const holds = ({ observables }: StoredSignal, { type, value }: Observable): boolean =>
  observables.some((held) => held.type === type && held.value === value);

const byPair = (x: Link, y: Link): number => compare(x.a, y.a) || compare(x.b, y.b);
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
