import type { DatabaseSync } from 'node:sqlite';
import { hybridReach, type Link, observableTerm } from '@samenhang/domain';
import {
  changedBy,
  facetValuesOf,
  type IncidentView,
  type Membership,
  type SignalView,
  severityRank,
  takenInBy,
  type ViewWrite,
} from '@samenhang/ports';
import { createFacetCodes, type FacetCoder } from './facet-codes.ts';
import { prepareChange } from './open-database.ts';
import { searchToken } from './search-token.ts';
import { createSequence, type NumberedIds } from './sequence.ts';

/** Writes views into the open file of one audience. */
export interface ViewWriter {
  /** Applies the writes in order, those that were applied before left out. Within a transaction; call what it gives once that was kept. */
  apply(writes: readonly ViewWrite[]): () => void;
}

/** Works on a file that has the view schema. */
export function createViewWriter(database: DatabaseSync): ViewWriter {
  const numberIds = createSequence(database);
  const codeFacets = createFacetCodes(database);
  const putSignals = signalWriter(database);
  const putIncident = incidentWriter(database);
  const links = linkWriter(database);
  const setIncident = prepareChange(database, 'UPDATE known SET incident = ?, correlated_at = ? WHERE seq = ?');
  const readProgress = database.prepare('SELECT next_offset FROM progress WHERE topic = ? AND partition = ?');
  const setProgress = prepareChange(database, 'REPLACE INTO progress (topic, partition, next_offset) VALUES (?, ?, ?)');

  const addHolder = prepareChange(database, 'INSERT OR IGNORE INTO holders (signal, incident) VALUES (?, ?)');
  const keepOwn = prepareChange(
    database,
    'INSERT OR IGNORE INTO holders (signal, incident) SELECT seq, seq FROM known WHERE seq = ? AND incident = seq',
  );

  const keepOwnTaken = prepareChange(
    database,
    'INSERT OR IGNORE INTO holders (signal, incident) SELECT seq, seq FROM known WHERE seq = ? AND incident IS NOT seq',
  );
  const hold = (signal: number, incident: number): void => {
    if (signal === incident) keepOwnTaken.run(signal);
    else addHolder.run(signal, incident);
  };

  const place = ({ signalId, incidentId, correlatedAt }: Membership, ids: NumberedIds): void => {
    const signal = ids.of(signalId);
    const incident = incidentId === null ? null : ids.of(incidentId);
    // Most signals are never in an incident but their own: those need no row.
    if (incident !== signal) keepOwn.run(signal);
    if (incident !== null && incident !== signal) addHolder.run(signal, incident);
    setIncident.run(incident, correlatedAt, signal);
  };

  return {
    apply(writes) {
      const ids = numberIds();
      const facets = codeFacets();
      for (const write of writes) {
        const { topic, partition, nextOffset } = write.progress;
        if (nextOffset <= Number(readProgress.get(topic, partition)?.next_offset ?? 0)) continue;
        putSignals(write.signals ?? [], ids);
        for (const incident of write.incidents ?? []) putIncident(incident, ids, facets);
        for (const membership of write.memberships ?? []) place(membership, ids);
        for (const incident of write.incidents ?? []) for (const signal of takenInBy(incident)) hold(ids.of(signal), ids.of(incident.id));
        for (const pair of write.unlinked ?? []) links.remove(pair, ids);
        for (const link of write.links ?? []) links.put(link, ids);
        setProgress.run(topic, partition, nextOffset);
      }
      return () => {
        ids.keep();
        facets.keep();
      };
    },
  };
}

function signalWriter(database: DatabaseSync): (views: readonly SignalView[], ids: NumberedIds) => void {
  const positionOf = database.prepare('SELECT position FROM known WHERE seq = ?');
  const setPosition = prepareChange(database, 'UPDATE known SET position = ? WHERE seq = ?');
  const insert = prepareChange(database, 'INSERT INTO signals (position, document) VALUES (?, ?)');
  const remove = prepareChange(database, 'DELETE FROM signals WHERE position = ?');
  const index = prepareChange(database, 'INSERT INTO signal_terms (rowid, tokens) VALUES (?, ?)');
  const unindex = prepareChange(database, 'DELETE FROM signal_terms WHERE rowid = ?');

  const add = (view: SignalView, ids: NumberedIds): number => {
    insert.run(view.position, documentOf(view));
    return ids.add(view.id, view.position);
  };

  /** Puts the document in place of an older one; false when what stands is as new. */
  const replace = (view: SignalView, seq: number): boolean => {
    const before = positionOf.get(seq)?.position ?? null;
    if (before !== null && view.position <= Number(before)) return false;
    if (before !== null) {
      remove.run(before);
      unindex.run(seq);
    }
    insert.run(view.position, documentOf(view));
    setPosition.run(view.position, seq);
    return true;
  };

  return (views, ids) => {
    const tokens = new Map<number, string>();
    for (const view of [...views].sort((a, b) => a.position - b.position)) {
      const known = ids.find(view.id);
      if (known === undefined) tokens.set(add(view, ids), tokensOf(view));
      else if (replace(view, known)) tokens.set(known, tokensOf(view));
    }
    // The full-text index takes rising rowids in one go and starts a segment of its own at each that falls.
    for (const [seq, text] of [...tokens].sort(([a], [b]) => a - b)) if (text !== '') index.run(seq, text);
  };
}

/** All of a view that is read back. */
function documentOf({ terms: _terms, ...told }: SignalView): string {
  return JSON.stringify(told);
}

/** Observables are found by the term that signals mostly carry for them anyway, so that one token serves both. */
const tokensOf = ({ observables, terms }: SignalView): string =>
  [...new Set([...observables.map(observableTerm), ...terms])].map(searchToken).join(' ');

function incidentWriter(database: DatabaseSync): (incident: IncidentView, ids: NumberedIds, facets: FacetCoder) => void {
  const put = prepareChange(
    database,
    `INSERT INTO incidents (seq, id, size, severity, status, tlp, hybrid, sources, changed, first_seen, last_seen, facets, summary)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET size = excluded.size, severity = excluded.severity, status = excluded.status, tlp = excluded.tlp, hybrid = excluded.hybrid, sources = excluded.sources,
      changed = max(changed, excluded.changed), first_seen = excluded.first_seen, last_seen = excluded.last_seen, facets = excluded.facets,
      summary = excluded.summary`,
  );
  const addLineage = prepareChange(database, 'INSERT OR IGNORE INTO lineage (incident, position, cause, document) VALUES (?, ?, ?, ?)');

  return (view, ids, facets) => {
    const { id, summary, lineage } = view;
    const seq = ids.of(id);
    if (summary === null) put.run(seq, id, 0, 0, '', '', 0, 0, changedBy(view), '', '', '', null);
    else {
      const { size, severity, status, marking, sources, firstSeen, lastSeen } = summary;
      const counted = facets.textOf(facetValuesOf(summary));
      const reach = hybridReach(summary).score;
      const text = JSON.stringify(summary);
      put.run(
        seq,
        id,
        size,
        severityRank(severity),
        status,
        marking.tlp,
        reach,
        sources.length,
        changedBy(view),
        firstSeen,
        lastSeen,
        counted,
        text,
      );
    }
    for (const entry of lineage) addLineage.run(seq, entry.position, entry.cause, JSON.stringify(entry));
  };
}

function linkWriter(database: DatabaseSync) {
  const put = prepareChange(
    database,
    `INSERT INTO links (newer, older, document) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET document = excluded.document WHERE document <> excluded.document`,
  );
  const remove = prepareChange(database, 'DELETE FROM links WHERE newer = ? AND older = ?');
  const ordered = (a: string, b: string, ids: NumberedIds): [newer: number, older: number] => {
    const [seqA, seqB] = [ids.of(a), ids.of(b)];
    return seqA > seqB ? [seqA, seqB] : [seqB, seqA];
  };
  return {
    put: (link: Link, ids: NumberedIds): void => void put.run(...ordered(link.a, link.b, ids), JSON.stringify(link)),
    remove: ([a, b]: readonly [string, string], ids: NumberedIds): void => void remove.run(...ordered(a, b, ids)),
  };
}
