import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { inboxOf, s3Sources } from '#adapters/aws/s3/s3-sources.ts';
import { keysOf } from '#core/keys.ts';
import { Config } from '#schemas/config.ts';
import { createBucket } from './aws-places.ts';
import type { Place } from './place.ts';

const KEYS = keysOf(Buffer.from('a secret'));

async function empty(s3: S3Client, Bucket: string): Promise<void> {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
  if (Objects.length > 0) await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
}

/** A bucket of the test's own. */
export async function awsPlace(versioned: boolean): Promise<Place> {
  const [bucket, work] = await Promise.all([createBucket({ versioned }), createBucket({ versioned: false })]);
  const s3 = new S3Client();
  const write = (name: string, text: string) => s3.send(new PutObjectCommand({ Bucket: bucket, Key: name, Body: text }));
  return {
    sources: s3Sources({
      inbox: inboxOf(bucket, Config.parse({})),
      work,
      keys: () => KEYS,
      isIgnored: () => false,
      now: Date.now,
    }),
    pathOf: (name) => name,
    write,
    async touch(name) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: name }));
      // Without versions only the time of the change differs, and S3 tells it in whole seconds.
      if (!versioned) await nextSecond();
      await write(name, (await Body?.transformToString()) ?? '');
    },
    remove: (name) => s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: name })),
    keepsVersions: versioned,
    async lose() {
      await empty(s3, bucket);
      await s3.send(new DeleteBucketCommand({ Bucket: bucket }));
    },
    close: () => s3.destroy(),
  };
}

const nextSecond = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1_000 - (Date.now() % 1_000)));
