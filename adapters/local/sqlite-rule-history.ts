import { z } from 'zod';
import type { RuleHistory } from '#core/ports/rule-history.ts';
import { text, type Unit } from './sqlite/unit.ts';

const Measured = z.record(z.string(), z.number());

const NEWEST = `SELECT measured FROM rule_history
  WHERE source = ?1 AND ruleset = ?2 AND NOT (document = ?3 AND generation = ?4) ORDER BY at DESC, generation DESC LIMIT ?5`;
const PUT = `INSERT INTO rule_history (source, ruleset, document, generation, at, measured) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET at = excluded.at, measured = excluded.measured`;
const PRUNE = `DELETE FROM rule_history WHERE source = ?1 AND ruleset = ?2 AND at < (
  SELECT at FROM rule_history WHERE source = ?1 AND ruleset = ?2 ORDER BY at DESC LIMIT 1 OFFSET ?3)`;

export const sqliteRuleHistory = ({ db, statements }: Pick<Unit, 'db' | 'statements'>): RuleHistory => ({
  async before({ source, ruleset, document, generation }, most) {
    const rows = await db.all(NEWEST, [source, ruleset, document, generation, most]);
    return rows.map(({ measured }) => Measured.parse(JSON.parse(text(measured)))).reverse();
  },
  async put({ source, ruleset, document, generation }, at, measured, most) {
    statements.push({ sql: PUT, params: [source, ruleset, document, generation, at, JSON.stringify(measured)] });
    statements.push({ sql: PRUNE, params: [source, ruleset, most - 1] });
  },
  async forget(document) {
    statements.push({ sql: 'DELETE FROM rule_history WHERE document = ?', params: [document] });
  },
});
