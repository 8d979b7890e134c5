import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { listDocuments } from '#adapters/local/document-listing.ts';
import { story } from '#adapters/local/inspect.ts';
import { openReader } from '#adapters/local/reader.ts';
import { type Connection, openConnection } from '#adapters/local/sqlite/connection.ts';
import { migrate } from '#adapters/local/sqlite/migrate.ts';
import { MIGRATIONS, type Migration, SEALED_SINCE } from '#adapters/local/sqlite/schema.ts';
import { indexedFiles, open, page, temporaryFolder, workspace } from '#test/e2e/local/helpers.ts';

const NEWEST = MIGRATIONS.length;
const DYING = fileURLToPath(new URL('../../fixtures/store/dying-migration.ts', import.meta.url));

const between: Migration = (db) => db.exec('CREATE TABLE extra (id INTEGER PRIMARY KEY)');
const rename: Migration = (db) => db.exec('CREATE TABLE half (id INTEGER PRIMARY KEY)');

const versionOf = ({ db }: Connection): number => Number(db.prepare('PRAGMA user_version').get()?.user_version);
const tables = (connection: Connection): string[] =>
  connection
    .all("SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('extra', 'half') ORDER BY name", [])
    .map((row) => String(row.name));

function withConnection<T>(file: string, work: (connection: Connection) => T): T {
  const connection = openConnection(file, false);
  try {
    return work(connection);
  } finally {
    connection.close();
  }
}

async function store(): Promise<{ file: string; dataDir: string; inbox: string }> {
  const { inbox, dataDir } = workspace({ 'a.md': page('A', 1), 'b.md': page('B', 2) });
  const sluice = await open(dataDir);
  await sluice.ingest([inbox]);
  await sluice.close();
  return { file: path.join(dataDir, 'index.db'), dataDir, inbox };
}

describe('a migration', () => {
  test('that dies half-way leaves the version before it, readable, with a copy; the next one finishes', async () => {
    const { file, dataDir, inbox } = await store();
    expect(spawnSync(process.execPath, [DYING, file]).signal).toBe('SIGKILL');

    withConnection(file, (connection) => {
      // The first of the two was committed, the second left nothing.
      expect(versionOf(connection)).toBe(NEWEST + 1);
      expect(tables(connection)).toEqual(['extra']);
      expect(connection.all('SELECT DISTINCT state FROM heads', [])).toEqual([{ state: 'indexed' }]);
    });
    const backup = `${file}.v${NEWEST}.backup`;
    expect(existsSync(backup)).toBe(true);
    withConnection(backup, (connection) => {
      expect(versionOf(connection)).toBe(NEWEST);
      expect(connection.all('SELECT count(*) AS count FROM heads', [])).toEqual([{ count: 2 }]);
    });

    withConnection(file, (connection) => {
      migrate(connection, file, { dimensions: 384 }, [...MIGRATIONS, between, rename]);
      expect(versionOf(connection)).toBe(NEWEST + 2);
      expect(tables(connection)).toEqual(['extra', 'half']);
      expect(connection.all('SELECT count(*) AS count FROM heads', [])).toEqual([{ count: 2 }]);
    });
    expect(existsSync(`${file}.v${NEWEST + 1}.backup`)).toBe(true);
    await expect(open(dataDir)).rejects.toMatchObject({ code: 'data-dir-newer' });
    expect(inbox).toBeTruthy();
  });

  test('that dies before the file is cleared of what was taken away has it cleared by the next opening', async () => {
    const { file } = await store();
    const name = 'zanzibarite-letter.txt';
    const plain: Migration = (db) => db.exec(`CREATE TABLE half AS SELECT '${name}' AS name`);
    const away: Migration = (db) => db.exec('DELETE FROM half');
    const dying: Migration = () => {
      throw new Error('it was cut off');
    };
    const isInFile = (): boolean =>
      withConnection(file, ({ db }) => {
        db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
        return readFileSync(file).includes(name);
      });
    const to = (...steps: Migration[]) =>
      withConnection(file, (connection) => migrate(connection, file, { dimensions: 384 }, [...MIGRATIONS, ...steps]));
    to(plain);
    expect(isInFile()).toBe(true);
    expect(() => to(plain, away, dying)).toThrow('cut off');
    to(plain, away);
    expect(isInFile()).toBe(false);
  });

  test('of a store that named its documents seals their names, and everything finds them as before', async () => {
    const { file, dataDir, inbox } = await store();
    // As it was before names were sealed.
    withConnection(file, ({ db }) =>
      db.exec(`UPDATE heads SET native_id = opened_path(native_id), body = opened(body, document);
        UPDATE facts SET name = 'root:' || opened_path(value), value = opened_path(value) WHERE name LIKE 'root:%';
        PRAGMA user_version = ${SEALED_SINCE - 1}; PRAGMA wal_checkpoint(TRUNCATE)`),
    );
    const names = path.join(inbox, 'a.md');
    expect(readFileSync(file).includes(names)).toBe(true);
    // Readers do not wait for the next pass.
    const reader = await openReader(dataDir);
    expect((await story(reader, names))?.head.nativeId).toBe(names);
    expect(await listDocuments(reader, { states: [], text: 'A.MD', limit: 5, offset: 0 })).toMatchObject([{ nativeId: names }]);
    await reader.close();

    const sluice = await open(dataDir);
    expect(await sluice.ingest([inbox])).toMatchObject({ unchanged: 2 });
    rmSync(path.join(inbox, 'b.md'));
    expect(await sluice.ingest([inbox])).toMatchObject({ unchanged: 1, removed: 1 });
    expect(await indexedFiles(sluice, inbox)).toEqual(['a.md']);
    await sluice.close();
    const holding = readdirSync(dataDir).filter(
      (name) => /^index\.db/.test(name) && readFileSync(path.join(dataDir, name)).includes(inbox),
    );
    expect(holding).toEqual([`index.db.v${SEALED_SINCE - 1}.backup`]);
  });

  test('that throws is undone, and says why', async () => {
    const { file, dataDir, inbox } = await store();
    const broken: Migration = (db) => {
      db.exec('DELETE FROM heads');
      throw new Error('no');
    };
    withConnection(file, (connection) => {
      expect(() => migrate(connection, file, { dimensions: 384 }, [...MIGRATIONS, broken])).toThrow('no');
      expect(versionOf(connection)).toBe(NEWEST);
    });
    const sluice = await open(dataDir);
    expect(await sluice.ingest([inbox])).toMatchObject({ unchanged: 2 });
  });

  test('of a new store makes no copy, and of an up-to-date one does nothing', () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'index.db');
    withConnection(file, (connection) => {
      migrate(connection, file, { dimensions: 384 });
      migrate(connection, file, { dimensions: 384 });
      expect(versionOf(connection)).toBe(NEWEST);
    });
    expect(readdirSync(folder).filter((name) => name.includes('backup'))).toEqual([]);
  });
});
