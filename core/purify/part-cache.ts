import { z } from 'zod';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { FindingStage } from '../ports/findings.ts';
import type { Ports } from '../ports/index.ts';

/**
 * Looks up what was found in a part of a document, by all that shapes it (the part's text first), and finds it where it is new.
 * `result`: the form that it has as JSON.
 */
export type PartCache = <T>(shapedBy: readonly string[], result: z.ZodType<T>, find: () => T) => T;

/** The same in two steps, for what is found by asking about many parts at once. */
export type KeptParts = {
  known<T>(shapedBy: readonly string[], result: z.ZodType<T>): T | undefined;
  keep(shapedBy: readonly string[], found: unknown): void;
};

const KEY = 24;

type Needs = Pick<Ports, 'keys' | 'findings'>;
/** `least`: a shorter document is looked at without; the store knows what is worth its row unless it is told. */
type Owner = { document: DocumentId; stage: FindingStage; version: number; characters: number; least?: number };

const Kept = z.record(z.string(), z.unknown());

/**
 * Runs `work` with what the stage found in the document before, and keeps what it found now: after an edit only the parts around
 * it are new. `version`: the stage's, so that what older finders saw is not taken for what these see.
 */
export async function withKeptParts<R>(
  { keys, findings }: Needs,
  { document, stage, version, characters, least = findings?.least ?? 0 }: Owner,
  work: (kept: KeptParts | undefined) => Promise<R>,
): Promise<R> {
  if (!findings || characters < least) return work(undefined);
  const stored = await findings.of(document, stage);
  const before = new Map(stored === undefined ? [] : Object.entries(Kept.safeParse(JSON.parse(stored)).data ?? {}));
  // As text, which takes a fraction of what the values do.
  const now = new Map<string, string>();
  let isNew = false;
  const keyOf = (shapedBy: readonly string[]): string => keys.hash('findings', [stage, version, ...shapedBy].join('\u0000')).slice(0, KEY);
  const done = await work({
    known(shapedBy, result) {
      const key = keyOf(shapedBy);
      const text = now.get(key);
      const known = result.safeParse(text === undefined ? before.get(key) : JSON.parse(text));
      if (!known.success) return undefined;
      if (text === undefined) now.set(key, JSON.stringify(known.data));
      return known.data;
    },
    keep(shapedBy, found) {
      now.set(keyOf(shapedBy), JSON.stringify(found));
      isNew = true;
    },
  });
  if (isNew || now.size < before.size)
    await findings.put(document, stage, `{${Array.from(now, ([key, found]) => `"${key}":${found}`).join(',')}}`);
  return done;
}

/** `withKeptParts` for what is found by looking. */
export const withPartCache = <R>(needs: Needs, owner: Owner, work: (cache: PartCache | undefined) => Promise<R>): Promise<R> =>
  withKeptParts(needs, owner, (kept) =>
    work(
      kept &&
        ((shapedBy, result, find) => {
          const known = kept.known(shapedBy, result);
          if (known !== undefined) return known;
          const found = find();
          kept.keep(shapedBy, found);
          return found;
        }),
    ),
  );
