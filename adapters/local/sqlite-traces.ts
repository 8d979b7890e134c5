import type { Traces } from '#core/ports/traces.ts';
import { DocumentId } from '#schemas/records/ids.ts';
import { listed, text, type Unit } from './sqlite/unit.ts';

const ADD_KEYS = 'INSERT OR IGNORE INTO trace_keys (kind, key, document, generation) SELECT ?1, value, ?2, ?3 FROM json_each(?4)';
/** Keys of a document (?1) and its kinds (?2) from one generation (?3) up to another (?4). */
const OWN = 'document = ?1 AND kind IN (SELECT value FROM json_each(?2)) AND generation BETWEEN ?3 AND ?4';
const SHARING = `SELECT keys.document AS document, traces.note AS note FROM trace_keys AS keys
  JOIN traces ON traces.document = keys.document AND traces.kind = keys.kind AND traces.generation = keys.generation
  WHERE keys.kind = ?1 AND keys.key IN (SELECT value FROM json_each(?2)) GROUP BY keys.document ORDER BY keys.document LIMIT ?3`;

type Reading = Pick<Unit['db'], 'all'>;

/** What is stored, for those that only read; nothing in an index that an older Sluice wrote, until it is next written to. */
export const storedTraces = (db: Reading): Pick<Traces, 'of' | 'sharing'> => {
  const traces = sqliteTraces({ db, statements: [] });
  const isThere = async (): Promise<boolean> => (await db.all("SELECT 1 FROM sqlite_master WHERE name = 'traces'")).length > 0;
  return {
    of: async (document, kind) => ((await isThere()) ? traces.of(document, kind) : undefined),
    sharing: async (kind, keys, most) => ((await isThere()) ? traces.sharing(kind, keys, most) : new Map()),
  };
};

export const sqliteTraces = ({ db, statements }: Pick<Unit, 'statements'> & { db: Reading }): Traces => {
  const remove = (document: string, kinds: readonly string[], from: number, to: number): void => {
    for (const table of ['trace_keys', 'traces'])
      statements.push({ sql: `DELETE FROM ${table} WHERE ${OWN}`, params: [document, listed(kinds), from, to] });
  };
  return {
    async put(document, generation, kind, { keys, note }) {
      remove(document, [kind], generation, generation);
      if (keys.length === 0) return;
      const sql = 'INSERT INTO traces (document, kind, generation, note) VALUES (?, ?, ?, ?)';
      statements.push({ sql, params: [document, kind, generation, note] });
      statements.push({ sql: ADD_KEYS, params: [kind, document, generation, listed(keys)] });
    },
    async of(document, kind) {
      const sql = 'SELECT generation, note FROM traces WHERE document = ? AND kind = ? ORDER BY generation DESC LIMIT 1';
      const [row] = await db.all(sql, [document, kind]);
      if (!row) return undefined;
      const keys = await db.all('SELECT key FROM trace_keys WHERE document = ? AND kind = ? AND generation = ? ORDER BY key', [
        document,
        kind,
        Number(row.generation),
      ]);
      return { keys: keys.map(({ key }) => text(key)), note: text(row.note) };
    },
    async sharing(kind, keys, most) {
      if (keys.length === 0) return new Map();
      const rows = await db.all(SHARING, [kind, listed(keys), most]);
      return new Map(rows.map((row) => [DocumentId.parse(row.document), text(row.note)]));
    },
    async forget(document, kinds, upTo) {
      remove(document, kinds, 0, upTo);
    },
  };
};
