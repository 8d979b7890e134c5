import type { Config } from '#schemas/config.ts';
import type { Encryption } from '../encryption.ts';
import { account, named } from '../names.ts';

/** Model, dimensions and encoding name the index: vectors of two kinds never meet in one. */
function indexName({ model, dimensions, encoding }: Config['embedding']): string {
  return [model, dimensions, ...(encoding === 'float' ? [] : [encoding])].join('-');
}

/** The vector index. */
export function createVectors({ embedding }: Config, { key }: Encryption): aws.s3.VectorsIndex {
  const bucket = new aws.s3.VectorsVectorBucket('Vectors', {
    vectorBucketName: $interpolate`${named('vectors')}-${account}`,
    // Without a key of one's own S3 encrypts with its own.
    ...(key && { encryptionConfigurations: [{ sseType: 'aws:kms', kmsKeyArn: key.arn }] }),
    forceDestroy: $app.removal === 'remove',
  });
  return new aws.s3.VectorsIndex('VectorIndex', {
    vectorBucketName: bucket.vectorBucketName,
    indexName: indexName(embedding),
    dataType: 'float32',
    dimension: embedding.dimensions,
    distanceMetric: 'cosine',
  });
}
