import type { Audit } from '#core/ports/audit.ts';
import type { Unit } from './sqlite/unit.ts';

export const sqliteAudit = ({ statements }: Unit): Audit => ({
  async append(entries) {
    for (const { document, generation, at, event, facts } of entries) {
      statements.push({
        sql: 'INSERT INTO audit (document, generation, at, event, facts) VALUES (?, ?, ?, ?, ?)',
        params: [document, generation, at, event, JSON.stringify(facts)],
      });
    }
  },
});
