import { chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SluiceError } from '#core/errors.ts';
import type { Vault } from '#core/ports/vault.ts';
import { seal, unseal, vaultKey } from './sealed.ts';

export type VaultRead = { at: string; by: string; reason: string; token: string; found: boolean };
/** `value` null: nothing is kept of this token. */
export type Detokenised = { token: string; value: string | null };

export type LocalVault = Vault & {
  /** What tokens stand for; each look is noted before it is answered. */
  detokenise(tokens: readonly string[], about: Pick<VaultRead, 'at' | 'by' | 'reason'>): Detokenised[];
  reads(): VaultRead[];
  close(): void;
};

const TABLES = `
  CREATE TABLE IF NOT EXISTS tokens (document TEXT NOT NULL, token TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (document, token)) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS tokens_by_token ON tokens (token);
  CREATE TABLE IF NOT EXISTS reads (at TEXT NOT NULL, by TEXT NOT NULL, reason TEXT NOT NULL, token TEXT NOT NULL, found INTEGER NOT NULL) STRICT;`;

const belongsTo = (document: unknown, token: string): string => `${document}\u0000${token}`;

const fileOf = (dataDir: string): string => path.join(dataDir, 'vault.db');

/** The vault that is asked for, or that was made before: what is erased has to go from it without its key, too. */
export function vaultOf(dataDir: string, isAskedFor: boolean, environment: NodeJS.ProcessEnv): LocalVault | undefined {
  if (isAskedFor) {
    const key = vaultKey(environment);
    return localVault(dataDir, () => key, true);
  }
  return existsSync(fileOf(dataDir)) ? localVault(dataDir, () => vaultKey(environment), false) : undefined;
}

/** In a file of its own, so that who may read the index need not be given it. Throws `not-found` where it has to be there and is not. */
export function localVault(dataDir: string, key: () => Uint8Array, mayMake: boolean): LocalVault {
  const file = fileOf(dataDir);
  if (!mayMake && !existsSync(file)) throw new SluiceError('not-found', `opening ${file}: there is no vault`);
  const db = new DatabaseSync(file, { timeout: 5_000 });
  chmodSync(file, 0o600);
  // What is deleted is overwritten, and there is no log that keeps it.
  db.exec(`PRAGMA secure_delete = ON; PRAGMA journal_mode = DELETE; ${TABLES}`);
  const drop = db.prepare('DELETE FROM tokens WHERE document = ?');
  const add = db.prepare('INSERT INTO tokens (document, token, value) VALUES (?, ?, ?)');
  const find = db.prepare('SELECT document, value FROM tokens WHERE token = ? LIMIT 1');
  const note = db.prepare('INSERT INTO reads (at, by, reason, token, found) VALUES (?, ?, ?, ?, ?)');
  const whole = (work: () => void): void => {
    db.exec('BEGIN IMMEDIATE');
    try {
      work();
      db.exec('COMMIT');
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  };
  return {
    async keep(document, values) {
      whole(() => {
        drop.run(document);
        for (const [token, value] of values) add.run(document, token, seal(key(), belongsTo(document, token), value));
      });
    },
    async forget(document) {
      drop.run(document);
    },
    detokenise(tokens, { at, by, reason }) {
      return tokens.map((token) => {
        const row = find.get(token);
        note.run(at, by, reason, token, row ? 1 : 0);
        const value = row?.value instanceof Uint8Array ? unseal(key(), belongsTo(row.document, token), row.value) : null;
        return { token, value };
      });
    },
    reads: () =>
      db
        .prepare('SELECT at, by, reason, token, found FROM reads ORDER BY rowid')
        .all()
        .map(({ at, by, reason, token, found }) => ({
          at: String(at),
          by: String(by),
          reason: String(reason),
          token: String(token),
          found: found === 1,
        })),
    close: () => db.close(),
  };
}
