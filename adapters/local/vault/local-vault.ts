import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SluiceError } from '#core/errors.ts';
import type { Vault, VaultReader } from '#core/ports/vault.ts';
import { belongsTo, NONCE, seal, unseal } from '#core/sealed.ts';
import { vaultKey } from './vault-key.ts';

export type LocalVault = Vault & {
  /** Throws `invalid-config` unless its key is here, to keep more in it. */
  prove(): void;
  /** For a user of the machine, at this moment. */
  readerFor(by: string, at: string): VaultReader;
  close(): void;
};

const TABLES = `
  CREATE TABLE IF NOT EXISTS tokens (document TEXT NOT NULL, token TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (document, token)) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS tokens_by_token ON tokens (token);
  CREATE TABLE IF NOT EXISTS reads (at TEXT NOT NULL, by TEXT NOT NULL, reason TEXT NOT NULL, token TEXT NOT NULL, found INTEGER NOT NULL) STRICT;`;
/** Added later; what was kept before was made with the store key. */
const KEY_COLUMN = "ALTER TABLE tokens ADD COLUMN key TEXT NOT NULL DEFAULT ''";

const fileOf = (dataDir: string): string => path.join(dataDir, 'vault.db');

/** The vault that is asked for, or that was made before: what is erased has to go from it without its key, too. */
export function vaultOf(dataDir: string, isAskedFor: boolean, environment: NodeJS.ProcessEnv): LocalVault | undefined {
  if (isAskedFor) {
    const key = vaultKey(environment);
    return localVault(dataDir, () => key, true);
  }
  return existsSync(fileOf(dataDir)) ? localVault(dataDir, () => vaultKey(environment), false) : undefined;
}

/** Throws `invalid-config` where what is masked could not be kept. */
export function proveVault(vault: LocalVault | undefined): void {
  if (!vault) throw new SluiceError('invalid-config', 'pii.vault is on, and no pass has made the vault yet');
  vault.prove();
}

function openDatabase(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: 5_000 });
  chmodSync(file, 0o600);
  // What is deleted is overwritten, and there is no log that keeps it.
  db.exec(`PRAGMA secure_delete = ON; PRAGMA journal_mode = DELETE; ${TABLES}`);
  const columns = db.prepare("SELECT name FROM pragma_table_info('tokens')").all();
  if (!columns.some(({ name }) => name === 'key')) db.exec(KEY_COLUMN);
  return db;
}

function whole(db: DatabaseSync, work: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

/** Two keys in one vault would leave values that neither opens all of. Throws `invalid-config` for another key than that of what is there. */
function proveKey(db: DatabaseSync, key: () => Uint8Array): void {
  const row = db.prepare('SELECT document, token, value FROM tokens LIMIT 1').get();
  if (row?.value instanceof Uint8Array) unseal(key(), belongsTo(String(row.document), String(row.token)), row.value);
}

/** In a file of its own, so that who may read the index need not be given it. Throws `not-found` where it has to be there and is not. */
export function localVault(dataDir: string, key: () => Uint8Array, mayMake: boolean): LocalVault {
  const file = fileOf(dataDir);
  if (!mayMake && !existsSync(file)) throw new SluiceError('not-found', `opening ${file}: there is no vault`);
  const db = openDatabase(file);
  try {
    if (mayMake) proveKey(db, key);
  } catch (error) {
    db.close();
    throw error;
  }
  const drop = db.prepare('DELETE FROM tokens WHERE document = ?');
  const add = db.prepare('INSERT INTO tokens (document, token, value, key) VALUES (?, ?, ?, ?)');
  return {
    prove() {
      key();
      proveKey(db, key);
    },
    async keep(document, values, madeWith) {
      whole(db, () => {
        drop.run(document);
        for (const [token, value] of values)
          add.run(document, token, seal(key(), belongsTo(document, token), value, randomBytes(NONCE)), madeWith);
      });
    },
    async forget(document) {
      drop.run(document);
    },
    readerFor: (by, at) => readerOf(db, key, { by, at }),
    close: () => db.close(),
  };
}

function readerOf(db: DatabaseSync, key: () => Uint8Array, { by, at }: { by: string; at: string }): VaultReader {
  const find = db.prepare('SELECT document, value, key FROM tokens WHERE token = ? LIMIT 1');
  const note = db.prepare('INSERT INTO reads (at, by, reason, token, found) VALUES (?, ?, ?, ?, ?)');
  return {
    async detokenise(tokens, reason) {
      const noted = (values: readonly { token: string; value: string | null }[]): void =>
        whole(db, () => {
          for (const { token, value } of values) note.run(at, by, reason, token, value === null ? 0 : 1);
        });
      try {
        const values = tokens.map((token) => {
          const row = find.get(token);
          const sealed = row?.value;
          const value = sealed instanceof Uint8Array ? unseal(key(), belongsTo(String(row?.document), token), sealed) : null;
          return { token, value, key: String(row?.key ?? '') };
        });
        noted(values);
        return values;
      } catch (error) {
        // Who looked without the right key was told nothing, and is noted all the same.
        noted(tokens.map((token) => ({ token, value: null })));
        throw error;
      }
    },
    async reads() {
      const rows = db.prepare('SELECT at, by, reason, token, found FROM reads ORDER BY rowid').all();
      return rows.map((row) => ({
        at: String(row.at),
        by: String(row.by),
        reason: String(row.reason),
        token: String(row.token),
        found: row.found === 1,
      }));
    },
  };
}
