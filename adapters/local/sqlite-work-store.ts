import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SluiceError } from '#core/errors.ts';
import type { WorkStore } from '#core/ports/work-store.ts';
import type { Db } from './sqlite/db.ts';
import { text, type Unit } from './sqlite/unit.ts';

/** Longer results are files: SQLite is quicker with small rows, a file with large ones. */
const INLINE_CHARACTERS = 256 * 1024;

/** What was just written is read by the next stage; it need not be parsed for that. */
export type WorkCache = Map<string, { value: object; size: number }>;
const CACHE_CHARACTERS = 32 * 1024 * 1024;
const cached = new WeakMap<WorkCache, number>();

function remember(cache: WorkCache, key: string, value: object, size: number): void {
  if (size > CACHE_CHARACTERS / 4) return;
  cache.set(key, { value, size });
  let total = (cached.get(cache) ?? 0) + size;
  for (const [oldest, entry] of cache) {
    if (total <= CACHE_CHARACTERS) break;
    cache.delete(oldest);
    total -= entry.size;
  }
  cached.set(cache, total);
}

function forget(cache: WorkCache, prefixes: readonly string[]): void {
  for (const [key, { size }] of cache) {
    if (!prefixes.some((prefix) => key.startsWith(prefix))) continue;
    cache.delete(key);
    cached.set(cache, (cached.get(cache) ?? 0) - size);
  }
}

/** Whole or not at all: written aside, synced, renamed. */
function writeWhole(file: string, body: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const aside = `${file}.new`;
  const handle = openSync(aside, 'w', 0o600);
  try {
    writeSync(handle, body);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(aside, file);
}

export const sqliteWorkStore = ({ db, statements, afterCommit }: Unit, folder: string, cache: WorkCache): WorkStore => ({
  async read(key, schema) {
    const known = cache.get(key);
    if (known) return known.value as ReturnType<typeof schema.parse>;
    const [row] = await db.all('SELECT body, file FROM work WHERE key = ?', [key]);
    if (!row) throw new SluiceError('not-found', `reading the intermediate result ${key}: it is gone`);
    const body = row.file === null ? text(row.body) : await readFile(path.join(folder, text(row.file)), 'utf8');
    return schema.parse(JSON.parse(body));
  },
  async write(key, value) {
    const body = JSON.stringify(value);
    const [, document = '', generation = '0'] = key.split('/');
    const inline = body.length <= INLINE_CHARACTERS;
    if (!inline) writeWhole(path.join(folder, `${key}.json`), body);
    statements.push({
      sql: 'INSERT INTO work (key, document, generation, body, file) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      params: [key, document, Number(generation), inline ? body : null, inline ? null : `${key}.json`],
    });
    afterCommit.push(() => remember(cache, key, value, body.length));
  },
  remove: (document, generation) => remove({ db, statements, afterCommit }, folder, cache, document, [generation, generation]),
  removeUpTo: (document, generation) => remove({ db, statements, afterCommit }, folder, cache, document, [0, generation]),
});

async function remove(
  { db, statements, afterCommit }: Unit,
  folder: string,
  cache: WorkCache,
  document: string,
  [first, last]: [number, number],
): Promise<void> {
  const where = 'document = ? AND generation BETWEEN ? AND ?';
  const rows = await db.all(`SELECT file FROM work WHERE ${where} AND file IS NOT NULL`, [document, first, last]);
  statements.push({ sql: `DELETE FROM work WHERE ${where}`, params: [document, first, last] });
  afterCommit.push(() => {
    forget(cache, [`unmasked/${document}/`, `masked/${document}/`]);
    for (const row of rows) rmSync(path.join(folder, text(row.file)), { force: true });
  });
}

/** Removes files that a kill left between their writing and their transaction. */
export async function sweepWorkFiles(db: Db, folder: string): Promise<void> {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  } catch {
    return;
  }
  if (names.length === 0) return;
  const known = new Set((await db.all('SELECT file FROM work WHERE file IS NOT NULL')).map((row) => text(row.file)));
  for (const name of names) if (!known.has(name.split(path.sep).join('/'))) rmSync(path.join(folder, name), { force: true });
}
