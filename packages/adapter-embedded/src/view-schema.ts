/** The form of the tables below; a file of another form is emptied when it is opened, and filled again from the log. */
export const viewSchemaVersion = 3;

/**
 * The query store of one audience. Ids are random, so each is looked up once and everything else is kept by `seq`, a number given in the order of arrival: what is
 * new lies together at the end of every table, and the cost of a write does not grow with what was written before.
 */
export const viewSchema = `
  CREATE TABLE IF NOT EXISTS progress (
    topic TEXT NOT NULL, partition INTEGER NOT NULL, next_offset INTEGER NOT NULL, PRIMARY KEY (topic, partition)
  ) STRICT, WITHOUT ROWID;

  -- Every id of a signal or incident; the place of its newest view, and the incident it is in.
  CREATE TABLE IF NOT EXISTS known (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL, position INTEGER, incident INTEGER, correlated_at TEXT
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS known_by_id ON known (id);
  -- The members of an incident; its anchor, which most incidents consist of, is found without.
  CREATE INDEX IF NOT EXISTS known_by_incident ON known (incident) WHERE incident <> seq;

  -- Every incident that ever held a signal, but the one that it is the anchor of: "recall" after it was taken back.
  CREATE TABLE IF NOT EXISTS holders (signal INTEGER NOT NULL, incident INTEGER NOT NULL, PRIMARY KEY (signal, incident)) STRICT, WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS signals (position INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT;

  -- Finds signals (rowid = seq) by term and by observable.
  CREATE VIRTUAL TABLE IF NOT EXISTS signal_terms USING fts5 (
    tokens, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '!#$%&()*+,-./:;<=>?@[]^_\`{|}~\\'"
  );

  -- Batches are small: merging their segments sixteen at a time writes every term half as often as four at a time.
  INSERT INTO signal_terms (signal_terms, rank) VALUES ('automerge', 16);

  CREATE TABLE IF NOT EXISTS links (
    newer INTEGER NOT NULL, older INTEGER NOT NULL, document TEXT NOT NULL, PRIMARY KEY (newer, older)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS links_by_older ON links (older, newer);

  -- Each value that incidents are counted by, as one code.
  CREATE TABLE IF NOT EXISTS facet_values (code INTEGER PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (kind, value)) STRICT;

  -- size is 0 for an incident that ended; changed is the position of the newest input that changed it; facets holds one character per value.
  CREATE TABLE IF NOT EXISTS incidents (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL, size INTEGER NOT NULL, severity INTEGER NOT NULL, status TEXT NOT NULL, tlp TEXT NOT NULL,
    hybrid INTEGER NOT NULL, sources INTEGER NOT NULL, changed INTEGER NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, facets TEXT NOT NULL, summary TEXT
  ) STRICT;
  -- These two hold all that filters and counts look at, so that neither reads a summary that is not shown.
  CREATE INDEX IF NOT EXISTS every_incident_by_activity
    ON incidents (changed DESC, id, size, severity, status, tlp, first_seen, last_seen, facets) WHERE size >= 1;
  CREATE INDEX IF NOT EXISTS incidents_by_activity
    ON incidents (changed DESC, id, size, severity, status, tlp, first_seen, last_seen, facets) WHERE size >= 2;
  CREATE INDEX IF NOT EXISTS every_incident_by_last_seen ON incidents (last_seen DESC, id) WHERE size >= 1;
  CREATE INDEX IF NOT EXISTS incidents_by_last_seen ON incidents (last_seen DESC, id) WHERE size >= 2;
  CREATE INDEX IF NOT EXISTS incidents_by_first_seen ON incidents (first_seen DESC, id) WHERE size >= 2;
  CREATE INDEX IF NOT EXISTS incidents_by_size ON incidents (size DESC, id) WHERE size >= 2;
  CREATE INDEX IF NOT EXISTS incidents_by_severity ON incidents (severity DESC, id) WHERE size >= 2;
  CREATE INDEX IF NOT EXISTS incidents_by_hybrid ON incidents (hybrid DESC, id) WHERE size >= 2;

  CREATE TABLE IF NOT EXISTS lineage (
    incident INTEGER NOT NULL, position INTEGER NOT NULL, cause TEXT NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (incident, position, cause)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS checks (id INTEGER PRIMARY KEY, count INTEGER NOT NULL) STRICT;
`;
