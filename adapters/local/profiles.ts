import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Profile } from '#core/tables/profile.ts';

const Value = z.union([z.number(), z.string()]).nullable();
const Stored = z.object({
  v: z.literal(1),
  at: z.number(),
  profile: z.object({
    rows: z.number(),
    columns: z.array(
      z.object({
        name: z.string(),
        type: z.enum(['integer', 'number', 'boolean', 'date', 'time', 'text']),
        empty: z.number(),
        distinct: z.number(),
        least: Value,
        most: Value,
        mean: z.number().exactOptional(),
        deviation: z.number().exactOptional(),
        quartiles: z.tuple([z.number(), z.number(), z.number()]).exactOptional(),
        outliers: z.object({ count: z.number(), rows: z.array(z.number()) }).exactOptional(),
        top: z.array(z.object({ value: z.string(), count: z.number() })).exactOptional(),
      }),
    ),
  }),
});

const folderOf = (dataDir: string): string => path.join(dataDir, 'profiles');

/** The last profile of each file, in the data directory. */
const placeOf = (dataDir: string, file: string): string =>
  path.join(folderOf(dataDir), `${createHash('sha256').update(path.resolve(file)).digest('hex').slice(0, 32)}.json`);

/** Undefined where there is none that can be read: the next one is then the first. */
export async function lastProfile(dataDir: string, file: string): Promise<{ at: number; profile: Profile } | undefined> {
  try {
    const stored = Stored.safeParse(JSON.parse(await readFile(placeOf(dataDir, file), 'utf8')));
    return stored.success ? stored.data : undefined;
  } catch {
    return undefined;
  }
}

export async function keepProfile(dataDir: string, file: string, profile: Profile, at: number): Promise<void> {
  const place = placeOf(dataDir, file);
  await mkdir(path.dirname(place), { recursive: true });
  const next = `${place}.${randomUUID()}`;
  await writeFile(next, JSON.stringify({ v: 1, at, profile }), { mode: 0o600 });
  await rename(next, place);
}

/** Deletes all of them, since none tells whose values it names; answers how many there were. */
export async function deleteProfiles(dataDir: string): Promise<number> {
  const folder = folderOf(dataDir);
  const names = await readdir(folder).catch(() => []);
  await rm(folder, { recursive: true, force: true });
  return names.length;
}
