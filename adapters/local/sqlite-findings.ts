import type { FindingsCache } from '#core/ports/findings.ts';
import { text, type Unit } from './sqlite/unit.ts';

/** A shorter document is looked through in less time than a row is read and written. */
const LEAST = 32_000;

const PUT = `INSERT INTO findings (document, stage, body, added_at) VALUES (?1, ?2, ?3, ?4)
  ON CONFLICT (document, stage) DO UPDATE SET body = ?3, added_at = ?4`;

export const sqliteFindings = ({ db, statements }: Pick<Unit, 'db' | 'statements'>, now: () => number): FindingsCache => ({
  least: LEAST,
  async of(document, stage) {
    const [row] = await db.all('SELECT body FROM findings WHERE document = ? AND stage = ?', [document, stage]);
    return row && text(row.body);
  },
  async put(document, stage, findings) {
    statements.push({ sql: PUT, params: [document, stage, findings, now()] });
  },
  async forget(document) {
    statements.push({ sql: 'DELETE FROM findings WHERE document = ?', params: [document] });
  },
});
