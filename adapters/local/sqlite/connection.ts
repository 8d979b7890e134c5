import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { getLoadablePath } from 'sqlite-vec';
import type { Row, SqlValue } from './protocol.ts';

export type Connection = {
  db: DatabaseSync;
  all(sql: string, params: readonly SqlValue[]): Row[];
  run(sql: string, params: readonly SqlValue[]): number;
  close(): void;
};

/** One connection with the vector extension, and its statements prepared once. Only for a thread of its own. */
export function openConnection(file: string, readOnly: boolean): Connection {
  const db = new DatabaseSync(file, { allowExtension: true, readOnly, timeout: 5_000 });
  db.loadExtension(getLoadablePath());
  db.enableLoadExtension(false);
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql);
    if (known) return known;
    const made = db.prepare(sql);
    prepared.set(sql, made);
    return made;
  };
  return {
    db,
    all: (sql, params) => statement(sql).all(...params) as Row[],
    run: (sql, params) => Number(statement(sql).run(...params).changes),
    close: () => db.close(),
  };
}
