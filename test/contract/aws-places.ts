import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateIndexCommand, CreateVectorBucketCommand, S3VectorsClient } from '@aws-sdk/client-s3vectors';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { LEDGER_INDEXES, TABLE_KEY } from '#schemas/tables.ts';

type Index = { partition: string; sort: string; include?: readonly string[] };

export async function createTable(name: string, indexes: Record<string, Index> = {}): Promise<string> {
  const keys = (partition: string, sort: string) => [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ];
  const numbers = new Set(Object.values(indexes).map(({ sort }) => sort));
  const names = new Set([...Object.values(TABLE_KEY), ...Object.values(indexes).flatMap(({ partition, sort }) => [partition, sort])]);
  await new DynamoDBClient().send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [...names].map((AttributeName) => ({ AttributeName, AttributeType: numbers.has(AttributeName) ? 'N' : 'S' })),
      KeySchema: keys(TABLE_KEY.partition, TABLE_KEY.sort),
      ...(Object.keys(indexes).length > 0 && {
        GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, { partition, sort, include }]) => ({
          IndexName,
          KeySchema: keys(partition, sort),
          Projection: include
            ? { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...include] }
            : { ProjectionType: 'KEYS_ONLY' as const },
        })),
      }),
    }),
  );
  return name;
}

export async function createBucket({ versioned }: { versioned: boolean }): Promise<string> {
  const bucket = `contract-${randomUUID()}`;
  const s3 = new S3Client();
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  if (versioned) await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  return bucket;
}

async function createIndex(name: string, dimension: number): Promise<string> {
  const client = new S3VectorsClient();
  await client.send(new CreateVectorBucketCommand({ vectorBucketName: name }));
  const { indexArn } = await client.send(
    new CreateIndexCommand({
      vectorBucketName: name,
      indexName: 'vectors',
      dataType: 'float32',
      dimension,
      distanceMetric: 'cosine',
    }),
  );
  if (indexArn === undefined) throw new Error('the index was made without an ARN');
  return indexArn;
}

export type Places = { ledger: string; audit: string; embeddings: string; bucket: string; indexArn: string; parameter: string };

/** What a deployment's stores stand in, of the caller's own. */
export async function createPlaces(dimensions: number): Promise<Places> {
  const name = `contract-${randomUUID()}`;
  const parameter = `/${name}/store-key`;
  await new SSMClient().send(new PutParameterCommand({ Name: parameter, Type: 'SecureString', Value: 'a secret' }));
  const [ledger, audit, embeddings, bucket, indexArn] = await Promise.all([
    createTable(`${name}-ledger`, LEDGER_INDEXES),
    createTable(`${name}-audit`),
    createTable(`${name}-embeddings`),
    createBucket({ versioned: false }),
    createIndex(name, dimensions),
  ]);
  return { ledger, audit, embeddings, bucket, indexArn, parameter };
}
