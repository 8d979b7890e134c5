import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { SluiceError } from '#core/errors.ts';
import { clientOptions } from '../client-options.ts';
import { once } from '../once.ts';
import { calling } from '../service-error.ts';

/** Objects of megabytes pass through one call. */
export const s3 = once(() => new S3Client(clientOptions({ timeoutMs: 60_000 })));

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const MOST_DELETED = 1_000;

/** An object's bytes; undefined when there is none. */
export async function readObject(bucket: string, key: string): Promise<Uint8Array | undefined> {
  try {
    return await calling(`reading an object of ${bucket}`, async () => {
      const { Body } = await s3().send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return Body?.transformToByteArray();
    });
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/** Above this an object goes up in parts of this size, some at a time: a part that fails is sent again, not all of it. */
export const PART_BYTES = 16 * 1024 * 1024;
const PARTS_AT_ONCE = 4;

/** All of the object or none: an upload in parts that ends in between leaves nothing that a reader sees. */
export async function writeObject(bucket: string, key: string, body: Uint8Array, contentType: string): Promise<void> {
  const params = { Bucket: bucket, Key: key, Body: body, ContentType: contentType };
  await calling(`writing an object to ${bucket}`, () =>
    body.length <= PART_BYTES
      ? s3().send(new PutObjectCommand(params))
      : new Upload({ client: s3(), params, partSize: PART_BYTES, queueSize: PARTS_AT_ONCE }).done(),
  );
}

export type Listed = NonNullable<ListObjectsV2CommandOutput['Contents']>[number];

/** A page of a bucket's objects in the order of their keys, from the one after `after`; `next`: what the next page comes after. */
export async function listPage(bucket: string, prefix: string, after?: string): Promise<{ objects: Listed[]; next: string | undefined }> {
  const page = await calling(`listing ${bucket}`, () =>
    s3().send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(after !== undefined && { StartAfter: after }) })),
  );
  const objects = page.Contents ?? [];
  return { objects, next: page.IsTruncated ? objects.at(-1)?.Key : undefined };
}

/** Removes an unversioned bucket's objects; those that are not there are no error. */
export async function deleteObjects(bucket: string, keys: readonly string[]): Promise<void> {
  for (let i = 0; i < keys.length; i += MOST_DELETED) {
    const part = keys.slice(i, i + MOST_DELETED);
    await calling(`deleting objects of ${bucket}`, async () => {
      const { Errors: errors = [] } = await s3().send(
        new DeleteObjectsCommand({ Bucket: bucket, Delete: { Quiet: true, Objects: part.map((Key) => ({ Key })) } }),
      );
      const [first] = errors;
      if (first) throw new SluiceError('unavailable', `deleting objects of ${bucket}: ${first.Code ?? 'not deleted'}`);
    });
  }
}

/** Removes everything under a prefix whose key is wanted gone. */
export async function deleteUnder(bucket: string, prefix: string, isGone: (key: string) => boolean = () => true): Promise<void> {
  let from: string | undefined;
  do {
    const { objects, next } = await listPage(bucket, prefix, from);
    const gone = objects.flatMap(({ Key }) => (Key !== undefined && isGone(Key) ? [Key] : []));
    await deleteObjects(bucket, gone);
    from = next;
  } while (from !== undefined);
}
