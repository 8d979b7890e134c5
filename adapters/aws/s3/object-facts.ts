import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  NoSuchKey,
  NotFound,
} from '@aws-sdk/client-s3';
import { SluiceError } from '#core/errors.ts';
import { parseSidecar, SIDECAR_MAX_BYTES, SIDECAR_TOO_LARGE } from '#core/sidecar.ts';
import type { ObjectFacts } from '#schemas/records/head.ts';
import { ContentHash } from '#schemas/records/ids.ts';
import { SIDECAR_SUFFIX, type Sidecar } from '#schemas/records/sidecar.ts';
import { calling } from '../service-error.ts';
import { s3 } from './objects.ts';

export type Place = { bucket: string; key: string };

type Outside = {
  ContentLength?: number | undefined;
  ETag?: string | undefined;
  VersionId?: string | undefined;
  LastModified?: Date | undefined;
};

export const factsOf = ({ ContentLength = 0, ETag = '', VersionId, LastModified = new Date(0) }: Outside): ObjectFacts => ({
  size: ContentLength,
  etag: ETag,
  // An object from before the bucket kept versions has the version `null`.
  ...(VersionId !== undefined && VersionId !== 'null' && { versionId: VersionId }),
  lastModified: LastModified.toISOString(),
});

/** `undefined` when there is no such object. A role without the right to list is told `access-denied` instead. */
export async function headOf({ bucket, key }: Place): Promise<HeadObjectCommandOutput | undefined> {
  try {
    return await calling(`looking at an object of ${bucket}`, () =>
      s3().send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' })),
    );
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

/** A HEAD tells a missing bucket as it tells a missing object, and only the second means that a document was deleted. */
export async function proveBucket(bucket: string): Promise<void> {
  try {
    await calling(`looking at ${bucket}`, () => s3().send(new HeadBucketCommand({ Bucket: bucket })));
  } catch (error) {
    if (error instanceof NotFound)
      throw new SluiceError('source-unavailable', `looking at ${bucket}: there is no such bucket`, { cause: error });
    throw error;
  }
}

export async function tagsOf({ bucket, key }: Place, { versionId }: ObjectFacts): Promise<Record<string, string>> {
  const { TagSet = [] } = await calling(`reading tags in ${bucket}`, () =>
    s3().send(new GetObjectTaggingCommand({ Bucket: bucket, Key: key, ...(versionId !== undefined && { VersionId: versionId }) })),
  );
  return Object.fromEntries(TagSet.flatMap(({ Key, Value }) => (Key === undefined || Value === undefined ? [] : [[Key, Value]])));
}

/** The side-car of an object, if there is one. */
export async function sidecarOf({ bucket, key }: Place): Promise<{ facts: ObjectFacts; sidecar: Sidecar | string } | undefined> {
  try {
    return await calling(`reading a side-car in ${bucket}`, async () => {
      const answer = await s3().send(new GetObjectCommand({ Bucket: bucket, Key: `${key}${SIDECAR_SUFFIX}` }));
      const facts = factsOf(answer);
      if (facts.size <= SIDECAR_MAX_BYTES) return { facts, sidecar: parseSidecar((await answer.Body?.transformToString()) ?? '') };
      if (answer.Body instanceof Readable) answer.Body.destroy();
      return { facts, sidecar: SIDECAR_TOO_LARGE };
    });
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/** The bytes of exactly what was observed; throws `superseded` when they are gone or others. */
export async function bytesOf({ bucket, key }: Place, facts: ObjectFacts, range?: string): Promise<Readable> {
  const { etag, versionId } = facts;
  try {
    return await calling(`reading an object of ${bucket}`, async () => {
      const answer = await s3().send(
        new GetObjectCommand({
          Bucket: bucket,
          Key: key,
          IfMatch: etag,
          ...(versionId !== undefined && { VersionId: versionId }),
          ...(range !== undefined && { Range: range }),
        }),
      );
      if (!(answer.Body instanceof Readable)) throw new Error('S3 answered without a stream');
      return answer.Body;
    });
  } catch (error) {
    const status = error instanceof Error && '$metadata' in error ? error.$metadata : undefined;
    const isGone = error instanceof NoSuchKey || (error instanceof Error && GONE.has(error.name)) || isStatus(status, 412);
    if (!isGone) throw error;
    throw new SluiceError('superseded', `reading an object of ${bucket}: it is no longer what was observed`, { cause: error });
  }
}

const GONE = new Set(['NoSuchVersion', 'PreconditionFailed', 'MethodNotAllowed']);
const isStatus = (metadata: unknown, status: number): boolean =>
  typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata && metadata.httpStatusCode === status;

/** The SHA-256 that S3 keeps of all of an object's bytes, as hex; undefined when it has none. */
export function wholeChecksum({ ChecksumSHA256: checksum, ChecksumType: type }: HeadObjectCommandOutput): string | undefined {
  // A checksum over the checksums of an upload's parts ends in their number.
  const isWhole = checksum !== undefined && type !== 'COMPOSITE' && !checksum.includes('-');
  return isWhole ? Buffer.from(checksum, 'base64').toString('hex') : undefined;
}

/** SHA-256 of an object: its own checksum when it has one over all of it, else of the bytes, which are read for it. */
export async function hashOf(place: Place, head: HeadObjectCommandOutput, facts: ObjectFacts): Promise<ContentHash> {
  const checksum = wholeChecksum(head);
  if (checksum !== undefined) return ContentHash.parse(checksum);
  const bytes = await bytesOf(place, facts);
  const hash = createHash('sha256');
  await calling(`reading an object of ${place.bucket}`, async () => {
    for await (const block of bytes) hash.update(block);
  });
  return ContentHash.parse(hash.digest('hex'));
}
