import type { Db } from './db.ts';
import type { Statement } from './protocol.ts';

/** The writes of one transaction, gathered until it commits; reads see what is stored. */
export type Unit = {
  db: Db;
  statements: Statement[];
  /** Run when the statements are durable. */
  afterCommit: (() => void)[];
  /** Intermediate results that were written in it, for the stages that follow in it. */
  work: Map<string, object>;
};

export const newUnit = (db: Db): Unit => ({ db, statements: [], afterCommit: [], work: new Map() });

/** Forgets the writes made since, when it is called. */
export function savepointOf({ statements, afterCommit }: Unit): () => void {
  const [writes, hooks] = [statements.length, afterCommit.length];
  return () => {
    statements.length = writes;
    afterCommit.length = hooks;
  };
}

export const text = (value: unknown): string => (typeof value === 'string' ? value : String(value));
/** For `IN (SELECT value FROM json_each(?))`: one statement for any number of values. */
export const listed = (values: readonly string[]): string => JSON.stringify(values);
/** A head as JSON: on the disk it is sealed, as it names its document. */
export const HEAD = 'opened(heads.body, heads.document) AS body';
