import { z } from 'zod';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { FindingStage } from '../ports/findings.ts';
import type { Ports } from '../ports/index.ts';

/** Looks a part of a document up by its text and all that shapes what is found in it, and finds it where it is new. */
export type PartCache<T> = (part: string, find: () => T) => T;

/** A shorter document is looked through in less time than a row is read and written. */
const LEAST = 32_000;
const KEY = 24;

type Needs = Pick<Ports, 'keys' | 'findings'>;
type Owner = { document: DocumentId; stage: FindingStage; version: number; characters: number };

function parsed<T>(body: string | undefined, schema: z.ZodType<Record<string, T>>): Map<string, T> {
  const result = body === undefined ? undefined : schema.safeParse(JSON.parse(body));
  return new Map(Object.entries(result?.data ?? {}));
}

/**
 * Runs `work` with what the stage found in the document before, and keeps what it found now: after an edit only the parts around
 * it are new. `version`: the stage's, so that what older finders saw is not taken for what these see.
 */
export async function withPartCache<T, R>(
  { keys, findings }: Needs,
  { document, stage, version, characters }: Owner,
  result: z.ZodType<T>,
  work: (cache: PartCache<T> | undefined) => Promise<R>,
): Promise<R> {
  if (!findings || characters < LEAST) return work(undefined);
  const before = parsed(await findings.of(document, stage), z.record(z.string(), result));
  const now = new Map<string, T>();
  const done = await work((part, find) => {
    const key = keys.hash('findings', `${stage}\u0000${version}\u0000${part}`).slice(0, KEY);
    const found = now.get(key) ?? before.get(key) ?? find();
    now.set(key, found);
    return found;
  });
  const isSame = now.size === before.size && [...now.keys()].every((key) => before.has(key));
  if (!isSame) await findings.put(document, stage, JSON.stringify(Object.fromEntries(now)));
  return done;
}
