import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { keysOf } from '#core/keys.ts';
import type { Keys } from '#core/ports/index.ts';
import { KeptProfile } from '#core/tables/kept-profile.ts';

/** Of each table of a file, by the keyed hash of its sheet's name: what it is, and what it was before. */
const Stored = z.object({
  v: z.literal(2),
  tables: z.record(z.string(), z.object({ now: KeptProfile, before: KeptProfile.exactOptional() })),
});
type Stored = z.infer<typeof Stored>;

const folderOf = (dataDir: string): string => path.join(dataDir, 'profiles');
const nameOf = (keys: Keys, nativeId: string): string => `${keys.hash('profile', nativeId)}.json`;

const KEY = 'key';
const KEY_BYTES = 32;

/** Whole or not at all, whoever else writes it. */
async function write(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const written = `${file}.${randomUUID()}`;
  await writeFile(written, content, { mode: 0o600 });
  await rename(written, file);
}

/** The key under which profiles are kept: their own, as a file can be profiled where there is no index. Made at the first use. */
export async function profileKeys(dataDir: string): Promise<Keys> {
  const file = path.join(folderOf(dataDir), KEY);
  const known = await readFile(file).catch(() => undefined);
  if (known?.length === KEY_BYTES) return keysOf(known);
  const key = randomBytes(KEY_BYTES);
  await write(file, key);
  return keysOf(key);
}

/** Undefined where there is none that can be read: the next one is then the first. */
async function stored(file: string): Promise<Stored | undefined> {
  try {
    return Stored.safeParse(JSON.parse(await readFile(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/**
 * Keeps the profile of a file's table in the data directory, and answers that of its version before. The same bytes are the
 * same version, however often they are profiled.
 */
export async function keepProfile(
  { dataDir, keys }: { dataDir: string; keys: Keys },
  { nativeId, sheet = '' }: { nativeId: string; sheet?: string | undefined },
  now: KeptProfile,
): Promise<KeptProfile | undefined> {
  const file = path.join(folderOf(dataDir), nameOf(keys, nativeId));
  const tables: Stored['tables'] = (await stored(file))?.tables ?? {};
  const table = keys.hash('profile', sheet);
  const last = tables[table];
  const before = last?.now.contentHash === now.contentHash ? last.before : last?.now;
  const next: Stored = { v: 2, tables: { ...tables, [table]: { now, ...(before && { before }) } } };
  await write(file, JSON.stringify(next));
  return before;
}

/** Deletes those of these files, and those that an older Sluice wrote, which had values in them; answers how many there were. */
export async function deleteProfiles(dataDir: string, nativeIds: readonly string[]): Promise<number> {
  const folder = folderOf(dataDir);
  const names = await readdir(folder).catch(() => []);
  if (names.length === 0) return 0;
  const keys = await profileKeys(dataDir);
  const named = new Set(nativeIds.map((id) => nameOf(keys, id)));
  let count = 0;
  for (const name of names) {
    const file = path.join(folder, name);
    if (name === KEY || (!named.has(name) && (await stored(file)))) continue;
    await rm(file, { force: true });
    count += 1;
  }
  return count;
}
