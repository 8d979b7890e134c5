import { z } from 'zod';

/** Inputs of the graph's resources as Terraform's AWS provider names them, read into what the services' APIs take. */

export const Bucket = z.object({ bucket: z.string() });
export const Versioning = z.object({ bucket: z.string(), versioningConfiguration: z.object({ status: z.enum(['Enabled', 'Suspended']) }) });
export const Content = z.object({ bucket: z.string(), key: z.string(), content: z.string(), contentType: z.string() });
export const Notification = z.object({ bucket: z.string(), eventbridge: z.literal(true) });
export const Topic = z.object({ name: z.string() });
export const Subscription = z.object({
  topic: z.string(),
  protocol: z.string(),
  endpoint: z.string(),
  rawMessageDelivery: z.boolean().default(false),
});
/** A value that Pulumi keeps as a secret is wrapped. */
const Kept = z.union([z.object({ value: z.string() }), z.string().transform((value) => ({ value }))]);
export const Parameter = z.object({ name: z.string(), type: z.enum(['String', 'SecureString']), value: Kept });
export const Alias = z.object({ name: z.string() });
export const Secret = z.object({ name: z.string() });
export const SecretVersion = z
  .object({ secretId: z.string(), secretString: Kept })
  .transform(({ secretId, secretString }) => ({ secretId, secretString: secretString.value }));

const GlobalIndex = z.object({
  name: z.string(),
  hashKey: z.string(),
  rangeKey: z.string().optional(),
  projectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
  nonKeyAttributes: z.array(z.string()).optional(),
});
const keys = ({ hashKey, rangeKey }: { hashKey: string; rangeKey?: string | undefined }) => [
  { AttributeName: hashKey, KeyType: 'HASH' as const },
  ...(rangeKey === undefined ? [] : [{ AttributeName: rangeKey, KeyType: 'RANGE' as const }]),
];
export const Table = z
  .object({
    name: z.string(),
    hashKey: z.string(),
    rangeKey: z.string().optional(),
    attributes: z.array(z.object({ name: z.string(), type: z.enum(['S', 'N', 'B']) })),
    globalSecondaryIndexes: z.array(GlobalIndex).default([]),
    billingMode: z.literal('PAY_PER_REQUEST'),
  })
  .transform(({ name, attributes, globalSecondaryIndexes: indexes, billingMode, ...key }) => ({
    TableName: name,
    BillingMode: billingMode,
    AttributeDefinitions: attributes.map((attribute) => ({ AttributeName: attribute.name, AttributeType: attribute.type })),
    KeySchema: keys(key),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map(({ projectionType, nonKeyAttributes, ...index }) => ({
        IndexName: index.name,
        KeySchema: keys(index),
        Projection: { ProjectionType: projectionType, ...(nonKeyAttributes && { NonKeyAttributes: nonKeyAttributes }) },
      })),
    }),
  }));

export const VectorBucket = z.object({ vectorBucketName: z.string() });
export const VectorIndex = z
  .object({
    vectorBucketName: z.string(),
    indexName: z.string(),
    dataType: z.literal('float32'),
    dimension: z.number(),
    distanceMetric: z.enum(['cosine', 'euclidean']),
    metadataConfiguration: z.object({ nonFilterableMetadataKeys: z.array(z.string()) }).optional(),
  })
  .transform(({ metadataConfiguration, ...rest }) => ({ ...rest, ...(metadataConfiguration && { metadataConfiguration }) }));

/** Attributes are texts in SQS's API. */
const ATTRIBUTES = {
  visibilityTimeoutSeconds: 'VisibilityTimeout',
  messageRetentionSeconds: 'MessageRetentionPeriod',
  delaySeconds: 'DelaySeconds',
  redrivePolicy: 'RedrivePolicy',
} as const;
export const Queue = z
  .object({
    name: z.string(),
    visibilityTimeoutSeconds: z.number().optional(),
    messageRetentionSeconds: z.number().optional(),
    delaySeconds: z.number().optional(),
    redrivePolicy: z.string().optional(),
  })
  .transform(({ name, ...given }) => ({
    QueueName: name,
    Attributes: Object.fromEntries(
      Object.entries(ATTRIBUTES).flatMap(([from, to]) => {
        const value = given[from as keyof typeof given];
        return value === undefined ? [] : [[to, String(value)]];
      }),
    ),
  }));

export const Ruleset = z.object({ name: z.string(), ruleset: z.string() });
export const Bus = z.object({ name: z.string() }).transform(({ name }) => ({ Name: name }));
export const Rule = z
  .object({ name: z.string(), eventBusName: z.string().default('default'), eventPattern: z.string() })
  .transform(({ name, eventBusName, eventPattern }) => ({ Name: name, EventBusName: eventBusName, EventPattern: eventPattern }));
export const Target = z.object({ rule: z.string(), eventBusName: z.string().default('default'), arn: z.string() });

/** What plays Lambda's part reads. */
export const LambdaFunction = z.object({
  name: z.string(),
  handler: z.string(),
  memorySize: z.number(),
  timeout: z.number(),
  code: z.object({ archive: z.string() }),
  environment: z.object({ variables: z.record(z.string(), z.string()) }),
  ephemeralStorage: z.object({ size: z.number() }).optional(),
});
export type LambdaFunction = z.infer<typeof LambdaFunction>;
export const Mapping = z.object({
  eventSourceArn: z.string(),
  functionName: z.string(),
  batchSize: z.number(),
  maximumBatchingWindowInSeconds: z.number().default(0),
  functionResponseTypes: z.array(z.literal('ReportBatchItemFailures')),
  scalingConfig: z.object({ maximumConcurrency: z.number() }),
});
export type Mapping = z.infer<typeof Mapping>;

export const Schedule = z.object({ target: z.object({ arn: z.string(), input: z.string() }) });
export type Schedule = z.infer<typeof Schedule>;
