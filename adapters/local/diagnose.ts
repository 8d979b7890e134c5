import { accessSync, constants, existsSync, readFileSync, statfsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { getLoadablePath } from 'sqlite-vec';
import { installedLanguages, tesseract } from '#adapters/parsing/tesseract/core.ts';
import { makeFolder } from './make-folder.ts';

/** One thing that this machine has or lacks. `fix` is what to do when it is not `ok`. */
export type Check = { name: string; ok: boolean; detail: string; fix?: string };

const attempt = async (name: string, fix: string, work: () => Promise<string> | string): Promise<Check> => {
  try {
    return { name, ok: true, detail: await work() };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error), fix };
  }
};

function sqlite(): string {
  const db = new DatabaseSync(':memory:', { allowExtension: true });
  try {
    db.loadExtension(getLoadablePath());
    db.exec('CREATE VIRTUAL TABLE probe USING fts5(text)');
    const versions = db.prepare('SELECT sqlite_version() AS sqlite, vec_version() AS vec').get();
    return `SQLite ${versions?.sqlite}, sqlite-vec ${versions?.vec}, FTS5`;
  } finally {
    db.close();
  }
}

function dataDirectory(dataDir: string): string {
  makeFolder(dataDir);
  accessSync(dataDir, constants.W_OK);
  const file = path.join(dataDir, 'lock');
  if (!existsSync(file)) return `${dataDir} is writable and free`;
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE; ROLLBACK');
    return `${dataDir} is writable and free`;
  } catch {
    return `${dataDir} is in use by another sluice, which is fine; searches work beside it`;
  } finally {
    lock.close();
  }
}

const FREE_ENOUGH = 1e9;

function disk(dataDir: string): string {
  const { bavail, bsize } = statfsSync(dataDir);
  const free = Number(bavail) * Number(bsize);
  if (free < FREE_ENOUGH) throw new Error(`${(free / 1e6).toFixed(0)} MB free`);
  return `${(free / 1e9).toFixed(1)} GB free`;
}

const WATCHES_ENOUGH = 8_192;

function watches(): string {
  if (process.platform !== 'linux') return 'no limit to check on this system';
  const most = Number(readFileSync('/proc/sys/fs/inotify/max_user_watches', 'utf8'));
  if (most < WATCHES_ENOUGH) throw new Error(`at most ${most} watched folders`);
  return `up to ${most} watched folders`;
}

/** Looks at what this machine has of what Sluice uses. */
export async function diagnose(dataDir: string): Promise<Check[]> {
  return [
    {
      name: 'node',
      ok: true,
      detail: `${process.version}, ${os.availableParallelism()} processors, ${(os.totalmem() / 1e9).toFixed(0)} GB of memory`,
    },
    await attempt('index', 'npm ci (the sqlite-vec package carries a part for this system)', sqlite),
    await attempt('pdf', 'npm ci (the @hyzyla/pdfium package)', async () => {
      const { PDFiumLibrary } = await import('@hyzyla/pdfium');
      (await PDFiumLibrary.init()).destroy();
      return 'PDFium loads';
    }),
    await attempt('pictures', 'npm ci (the packages tesseract.js-core and @tesseract.js-data/eng)', async () => {
      await tesseract(['eng']);
      return `Tesseract reads pictures and scans in ${installedLanguages().join(', ')}`;
    }),
    await attempt('watching', 'npm ci (the @parcel/watcher package carries a part for this system)', async () => {
      await import('@parcel/watcher');
      return 'the file watcher loads';
    }),
    await attempt('watches', 'sudo sysctl fs.inotify.max_user_watches=524288', watches),
    await attempt('data', `chmod u+rwx ${dataDir}, or another --data-dir`, () => dataDirectory(dataDir)),
    await attempt('disk', 'free some space, or another --data-dir', () => disk(dataDir)),
  ];
}
