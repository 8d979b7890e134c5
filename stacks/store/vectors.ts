import type { Config } from '#schemas/config.ts';
import type { Encryption } from '../encryption.ts';
import { account, named } from '../names.ts';

/** The vector index. Its dimensions and model shape its name: vectors of two models never meet in one index. */
export function createVectors({ embedding }: Config, { key }: Encryption): aws.s3.VectorsIndex {
  const bucket = new aws.s3.VectorsVectorBucket('Vectors', {
    vectorBucketName: $interpolate`${named('vectors')}-${account}`,
    // Without a key of one's own S3 encrypts with its own.
    ...(key && { encryptionConfigurations: [{ sseType: 'aws:kms', kmsKeyArn: key.arn }] }),
    forceDestroy: $app.removal === 'remove',
  });
  return new aws.s3.VectorsIndex('VectorIndex', {
    vectorBucketName: bucket.vectorBucketName,
    indexName: `${embedding.model}-${embedding.dimensions}`.toLowerCase().replaceAll(/[^a-z0-9.-]/g, '-'),
    dataType: 'float32',
    dimension: embedding.dimensions,
    distanceMetric: 'cosine',
  });
}
