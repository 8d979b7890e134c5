import { z } from 'zod';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { FindingStage } from '../ports/findings.ts';
import type { Ports } from '../ports/index.ts';

/**
 * Looks up what was found in a part of a document, by all that shapes it (the part's text first), and finds it where it is new.
 * `result`: the form that it has as JSON.
 */
export type PartCache = <T>(shapedBy: readonly string[], result: z.ZodType<T>, find: () => T) => T;

/** A shorter document is looked through in less time than a row is read and written. */
const LEAST = 32_000;
const KEY = 24;

type Needs = Pick<Ports, 'keys' | 'findings'>;
type Owner = { document: DocumentId; stage: FindingStage; version: number; characters: number };

const Kept = z.record(z.string(), z.unknown());

/**
 * Runs `work` with what the stage found in the document before, and keeps what it found now: after an edit only the parts around
 * it are new. `version`: the stage's, so that what older finders saw is not taken for what these see.
 */
export async function withPartCache<R>(
  { keys, findings }: Needs,
  { document, stage, version, characters }: Owner,
  work: (cache: PartCache | undefined) => Promise<R>,
): Promise<R> {
  if (!findings || characters < LEAST) return work(undefined);
  const kept = await findings.of(document, stage);
  const before = new Map(kept === undefined ? [] : Object.entries(Kept.safeParse(JSON.parse(kept)).data ?? {}));
  const now = new Map<string, unknown>();
  let isNew = false;
  const done = await work((shapedBy, result, find) => {
    const key = keys.hash('findings', [stage, version, ...shapedBy].join('\u0000')).slice(0, KEY);
    const known = result.safeParse(now.get(key) ?? before.get(key));
    const found = known.success ? known.data : find();
    isNew ||= !known.success;
    now.set(key, found);
    return found;
  });
  if (isNew || now.size < before.size) await findings.put(document, stage, JSON.stringify(Object.fromEntries(now)));
  return done;
}
