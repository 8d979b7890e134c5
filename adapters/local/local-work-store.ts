import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { SluiceError } from '#core/errors.ts';
import type { WorkStore } from '#core/ports/work-store.ts';
import type { WorkKey } from '#schemas/records/ids.ts';
import type { Db } from './sqlite/db.ts';
import { text, type Unit } from './sqlite/unit.ts';
import { readWhole, writeWhole } from './work-file.ts';

/** What is kept in memory, as an estimate of characters; the documents in work at once mostly need a part of it. */
const MEMORY_CHARACTERS = 32 * 1024 * 1024;

/** About how many characters a value has as JSON. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 8;
  let size = 2;
  if (Array.isArray(value)) for (const one of value) size += 1 + sizeOf(one);
  else for (const key in value) size += key.length + 4 + sizeOf(value[key as keyof typeof value]);
  return size;
}

/**
 * The intermediate results of one process: in memory up to a bound, those that were not used for longest moved to files
 * when it is passed. The last one used stays, however large: every batch of a long document reads the same plan.
 */
export class WorkMemory {
  private readonly entries = new Map<string, { value: object; size: number; isOnDisk: boolean }>();
  private readonly loading = new Map<string, Promise<unknown>>();
  private size = 0;
  /** Documents that have files. */
  readonly withFiles = new Set<string>();
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  fileOf(key: string): string {
    return path.join(this.folder, `${key}.json`);
  }

  get(key: WorkKey): object | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry.value;
  }

  set(key: WorkKey, value: object): void {
    if (!this.entries.has(key)) this.add(key, value, false);
  }

  /** Takes back what was moved to a file; those who ask for it meanwhile wait for the same answer. */
  async load(key: WorkKey, read: (file: string) => Promise<unknown>): Promise<unknown> {
    const under = this.loading.get(key);
    if (under) return under;
    const reading = read(this.fileOf(key)).finally(() => this.loading.delete(key));
    this.loading.set(key, reading);
    const value = await reading;
    // It may have been removed meanwhile.
    if (!this.entries.has(key) && existsSync(this.fileOf(key))) this.add(key, Object(value), true);
    return value;
  }

  deleteWhere(isGone: (key: string) => boolean): void {
    for (const key of this.entries.keys()) if (isGone(key)) this.delete(key);
  }

  private add(key: WorkKey, value: object, isOnDisk: boolean): void {
    const size = sizeOf(value);
    this.entries.set(key, { value, size, isOnDisk });
    this.size += size;
    for (const [oldest, entry] of this.entries) {
      if (this.size <= MEMORY_CHARACTERS || oldest === key) return;
      this.withFiles.add(oldest.split('/')[1] ?? '');
      if (!entry.isOnDisk) writeWhole(this.fileOf(oldest), entry.value);
      this.delete(oldest);
    }
  }

  private delete(key: string): void {
    this.size -= this.entries.get(key)?.size ?? 0;
    this.entries.delete(key);
  }
}

const AREAS = ['unmasked', 'masked'];

/**
 * Results live in this process's memory, and in files when there are too many. What a kill takes is `not-found`, and its
 * document runs again from the source.
 */
export function localWorkStore({ afterCommit, work }: Pick<Unit, 'afterCommit' | 'work'>, folder: string, memory: WorkMemory): WorkStore {
  const remove = (document: string, [first, last]: [number, number]): void => {
    const isGone = (generation: number): boolean => generation >= first && generation <= last;
    afterCommit.push(() => {
      memory.deleteWhere((key) => {
        const [, of, generation] = key.split('/', 3);
        return of === document && isGone(Number(generation));
      });
      if (!memory.withFiles.has(document)) return;
      for (const area of AREAS) {
        for (const generation of namesIn(path.join(folder, area, document))) {
          if (isGone(Number(generation))) rmSync(path.join(folder, area, document, generation), { recursive: true, force: true });
        }
      }
    });
  };
  return {
    async read(key, schema) {
      const known = work.get(key) ?? memory.get(key);
      // Only this process wrote it, and as the schema says.
      if (known) return known as ReturnType<typeof schema.parse>;
      const value = await memory.load(key, async (file) => schema.parse(await readBack(key, file)));
      return value as ReturnType<typeof schema.parse>;
    },
    async write(key, value) {
      work.set(key, value);
      afterCommit.push(() => memory.set(key, value));
    },
    async remove(document, generation) {
      remove(document, [generation, generation]);
    },
    async removeUpTo(document, generation) {
      remove(document, [0, generation]);
    },
  };
}

async function readBack(key: WorkKey, file: string): Promise<unknown> {
  try {
    return await readWhole(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new SluiceError('not-found', `reading the intermediate result ${key}: it is gone`);
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      throw new SluiceError('not-found', `reading the intermediate result ${key}: its file is torn`, { cause: error });
    throw new SluiceError('unavailable', `reading the intermediate result ${key}: ${code ?? error}`, { cause: error });
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Takes up the files of an earlier process, and removes those that no document in work or on hold needs. */
export async function takeUpWorkFiles(db: Db, folder: string, memory: WorkMemory): Promise<void> {
  const documents = new Set(AREAS.flatMap((area) => namesIn(path.join(folder, area))));
  if (documents.size === 0) return;
  const rows = await db.all("SELECT document FROM heads WHERE state IN ('processing', 'held')");
  const needed = new Set(rows.map((row) => text(row.document)));
  for (const document of documents) {
    if (needed.has(document)) memory.withFiles.add(document);
    else for (const area of AREAS) rmSync(path.join(folder, area, document), { recursive: true, force: true });
  }
}
