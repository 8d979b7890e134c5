import { siblingModule } from '#adapters/parsing/sibling-module.ts';
import { isErrorCode, SluiceError } from '#core/errors.ts';
import { makeFolder } from '../make-folder.ts';
import type { Answer, Request, Row, SqlValue, Statement } from './protocol.ts';
import { startThread } from './thread.ts';
import type { WriteThreadData } from './write-thread.ts';

/** The store as the main thread sees it. It never touches SQLite itself. */
export type Db = {
  all(sql: string, params?: readonly SqlValue[]): Promise<Row[]>;
  /** All of the statements or none; `conflict` when one changed other than the expected number of rows. */
  commit(statements: readonly Statement[]): Promise<void>;
  close(): Promise<void>;
};

export const toError = ({ code, message }: { code: string; message: string }): Error =>
  isErrorCode(code) ? new SluiceError(code, message) : new Error(message);

/** Opens a data directory for writing, alone. Throws `data-dir-in-use`, `data-dir-newer` or `embedder-mismatch`. */
export async function openDb(data: WriteThreadData): Promise<Db> {
  makeFolder(data.dataDir);
  const thread = await startThread<Request, Answer>(siblingModule(import.meta.url, './write-thread'), data, toError);
  const ask = async (request: Request): Promise<Row[]> => {
    const answer = await thread.ask(request);
    if ('error' in answer) throw toError(answer.error);
    return answer.rows;
  };
  return {
    all: (sql, params = []) => ask({ kind: 'all', sql, params }),
    commit: async (statements) => {
      if (statements.length > 0) await ask({ kind: 'commit', statements });
    },
    close: () => thread.close(),
  };
}
