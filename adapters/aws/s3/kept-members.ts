import { z } from 'zod';
import { SluiceError } from '#core/errors.ts';
import type { Containers, Listed } from '#core/members/member-sources.ts';
import type { Keys } from '#core/ports/index.ts';
import type { Sources } from '#core/ports/sources.ts';
import { documentId } from '#core/stages/detect-change.ts';
import { MEMBERS } from '#schemas/inbox.ts';
import { ObjectFacts } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import { deleteObjects, type Listed as ListedObject, listPage, readObject, writeObject } from './objects.ts';

/** What there is, apart from the bytes: for those who look, and open nothing. */
const LISTINGS = 'listings';

const bytesUnder = (container: DocumentId): string => `${MEMBERS}/${container}/`;
const listingKey = (container: DocumentId, contentHash: string): string => `${LISTINGS}/${container}/${contentHash}.json`;

/** What lies there of a document while it is in its source. */
export const keptUnder = (container: DocumentId): string[] => [bytesUnder(container), `${LISTINGS}/${container}/`];

const Listing = z.array(z.object({ path: z.string(), contentHash: z.string(), facts: ObjectFacts }));

/** What an older version had is left to those who are still reading it for so long. */
const GRACE_MS = 24 * 3_600_000;

async function objectsUnder(bucket: string, prefix: string): Promise<Map<string, ListedObject>> {
  const found = new Map<string, ListedObject>();
  let from: string | undefined;
  do {
    const { objects, next } = await listPage(bucket, prefix, from);
    for (const object of objects) if (object.Key !== undefined) found.set(object.Key, object);
    from = next;
  } while (from !== undefined);
  return found;
}

const factsOf = (key: string, { ETag = '', Size = 0, LastModified = new Date(0) }: ListedObject): ObjectFacts => ({
  size: Size,
  etag: ETag,
  lastModified: LastModified.toISOString(),
  kept: key,
});

/** Puts files aside, each under its hash, and says what there is; files of former versions go once nobody reads them any more. */
export const keeping =
  (bucket: string, now: () => number): NonNullable<Sources['keep']> =>
  async ({ document, observation }, files, read) => {
    if (!observation) return;
    const prefix = bytesUnder(document);
    const before = await objectsUnder(bucket, prefix);
    const wanted = new Map(files.map(({ path, contentHash }) => [`${prefix}${contentHash}`, path]));
    for (const [key, path] of wanted) {
      if (before.has(key)) continue;
      const bytes = await read(path);
      if (!bytes) throw new SluiceError('superseded', `putting a file within a document aside: it is no longer in it`);
      await writeObject(bucket, key, bytes, 'application/octet-stream');
    }
    const there = await objectsUnder(bucket, prefix);
    const listing: z.infer<typeof Listing> = files.flatMap(({ path, contentHash }) => {
      const key = `${prefix}${contentHash}`;
      const object = there.get(key);
      return object ? [{ path, contentHash, facts: factsOf(key, object) }] : [];
    });
    await writeObject(bucket, listingKey(document, observation.contentHash), Buffer.from(JSON.stringify(listing)), 'application/json');
    const isOld = ({ LastModified }: ListedObject): boolean => (LastModified?.getTime() ?? 0) < now() - GRACE_MS;
    const stale = [...there].filter(([key, object]) => !wanted.has(key) && isOld(object)).map(([key]) => key);
    await deleteObjects(bucket, stale);
  };

/** Files within files as an extractor has put them aside: a function that opens no container reads them all the same. */
export const keptContainers = ({
  bucket,
  keys,
  sources,
}: {
  bucket: string;
  keys: () => Keys;
  sources: Pick<Sources, 'open'>;
}): Containers => ({
  async list({ source, nativeId, observation }): Promise<Listed | undefined> {
    const bytes = await readObject(bucket, listingKey(documentId(keys(), source, nativeId), observation.contentHash));
    return bytes && new Map(Listing.parse(JSON.parse(Buffer.from(bytes).toString())).map(({ path, ...file }) => [path, file]));
  },
  open: (head) => sources.open(head),
});
