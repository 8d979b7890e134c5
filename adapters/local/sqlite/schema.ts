import type { DatabaseSync } from 'node:sqlite';

export type Migration = (db: DatabaseSync, options: { dimensions: number }) => void;

/** From this version on what names a document is sealed. */
export const SEALED_SINCE = 7;

/** Step n brings a store of version n to n + 1. A published step is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  (db, { dimensions }) => {
    db.exec(`
      CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE revisions (revision INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, config TEXT NOT NULL) STRICT;

      -- The ledger. The columns beside body are what the folder comparison and searches select by.
      CREATE TABLE heads (
        document TEXT PRIMARY KEY, version INTEGER NOT NULL, source TEXT NOT NULL, native_id TEXT NOT NULL,
        state TEXT NOT NULL, present INTEGER NOT NULL, updated_at INTEGER NOT NULL,
        seen TEXT NOT NULL, seen_at INTEGER NOT NULL, manifest TEXT, chunks INTEGER NOT NULL, body TEXT NOT NULL
      ) STRICT;
      CREATE INDEX heads_by_native_id ON heads (source, native_id);
      CREATE INDEX heads_by_state ON heads (state, updated_at, chunks);
      CREATE TABLE manifests (digest TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
      CREATE TABLE steps (
        document TEXT NOT NULL, generation INTEGER NOT NULL, step TEXT NOT NULL,
        PRIMARY KEY (document, generation, step)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE audit (
        id INTEGER PRIMARY KEY, document TEXT NOT NULL, generation INTEGER NOT NULL,
        at TEXT NOT NULL, event TEXT NOT NULL, facts TEXT NOT NULL
      ) STRICT;
      CREATE INDEX audit_by_document ON audit (document, id);

      -- The bus.
      CREATE TABLE messages (
        id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, priority INTEGER NOT NULL, body TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0, visible_at INTEGER NOT NULL DEFAULT 0, lease TEXT
      ) STRICT;
      CREATE INDEX messages_by_priority ON messages (priority, id);
      CREATE TABLE dead_letters (
        id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, document TEXT, body TEXT NOT NULL, attempts INTEGER NOT NULL,
        code TEXT NOT NULL, error TEXT NOT NULL, at INTEGER NOT NULL
      ) STRICT;

      -- The indexes. A chunk's row id is the row id of its vector and of its keywords.
      CREATE TABLE embeddings (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, vector BLOB NOT NULL) STRICT;
      CREATE TABLE chunks (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE) STRICT;
      CREATE VIRTUAL TABLE vectors USING vec0(embedding float[${dimensions}] distance_metric=cosine);
      CREATE VIRTUAL TABLE keywords USING fts5(path, text, content='', contentless_delete=1, tokenize='porter unicode61 remove_diacritics 2');
    `);
    db.prepare("INSERT INTO facts (name, value) VALUES ('dimensions', ?)").run(String(dimensions));
  },
  (db) => {
    db.exec(`
      -- Times are counted by bucket (core/measure/buckets.ts), everything else in bucket 0.
      CREATE TABLE metrics (
        minute INTEGER NOT NULL, name TEXT NOT NULL, dimensions TEXT NOT NULL, bucket INTEGER NOT NULL,
        count INTEGER NOT NULL, sum REAL NOT NULL, PRIMARY KEY (minute, name, dimensions, bucket)
      ) STRICT, WITHOUT ROWID;
    `);
  },
  (db) => {
    db.exec(`
      -- What documents have in common: keyed hashes of personal data, signatures of texts, bytes that were erased.
      CREATE TABLE traces (
        document TEXT NOT NULL, kind TEXT NOT NULL, generation INTEGER NOT NULL, note TEXT NOT NULL,
        PRIMARY KEY (document, kind, generation)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE trace_keys (
        kind TEXT NOT NULL, key TEXT NOT NULL, document TEXT NOT NULL, generation INTEGER NOT NULL,
        PRIMARY KEY (kind, key, document, generation)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX trace_keys_by_document ON trace_keys (document, kind, generation);
    `);
  },
  (db) => {
    // When a vector was made (ms): what nothing refers to any more goes by its age. Of those that there are it is now.
    db.exec('ALTER TABLE embeddings ADD COLUMN added_at INTEGER NOT NULL DEFAULT 0');
    db.prepare('UPDATE embeddings SET added_at = ?').run(Date.now());
  },
  (db) => {
    db.exec(`
      -- What screening and masking saw in the parts of long documents: offsets under keyed hashes, for the next version.
      CREATE TABLE findings (
        document TEXT NOT NULL, stage TEXT NOT NULL, body TEXT NOT NULL, added_at INTEGER NOT NULL, PRIMARY KEY (document, stage)
      ) STRICT, WITHOUT ROWID;
    `);
  },
  (db) => {
    db.exec(`
      -- What rulesets measured of tables (numbers as JSON): later ones are compared with it.
      CREATE TABLE rule_history (
        source TEXT NOT NULL, ruleset TEXT NOT NULL, document TEXT NOT NULL, generation INTEGER NOT NULL,
        at INTEGER NOT NULL, measured TEXT NOT NULL, PRIMARY KEY (source, ruleset, document, generation)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX rule_history_by_time ON rule_history (source, ruleset, at);
      CREATE INDEX rule_history_by_document ON rule_history (document);
    `);
  },
  (db) => {
    // What names a document is sealed: its path, the rest of its head, hints of what to look at, and errors, which quote such names.
    db.exec(`
      UPDATE heads SET native_id = sealed_path(native_id), body = sealed(body, document);
      UPDATE messages SET body = sealed(body, 'event');
      UPDATE dead_letters SET body = sealed(body, 'event'), error = sealed(error, 'error');
      UPDATE facts SET name = 'root:' || sealed_path(value), value = sealed_path(value) WHERE name LIKE 'root:%';
    `);
  },
];
