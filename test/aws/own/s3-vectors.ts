import { z } from 'zod';
import { invalid, type OwnService, operation, ServiceFault } from './service.ts';
import { type Filter, type Metadata, matches, metadataProblem } from './vector-filter.ts';

/**
 * Limits of https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-limitations.html; those of
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_QueryVectors.html (and `..._PutVectors`, ...) that are
 * part of the service's model are held by it.
 */
const LIMITS = { put: 500, delete: 500, get: 100, page: 1000, results: 10_000, resultsPage: 100, payload: 20 * 1024 * 1024 };

type Vector = { key: string; data: number[]; metadata: Metadata };
type Index = { arn: string; dimension: number; distanceMetric: string; nonFilterable: string[]; vectors: Map<string, Vector> };

const Named = z.object({ vectorBucketName: z.string().optional(), indexName: z.string().optional(), indexArn: z.string().optional() });
const Data = z.object({ float32: z.array(z.number()) });
const PutInput = Named.extend({
  vectors: z.array(z.object({ key: z.string(), data: Data, metadata: z.record(z.string(), z.unknown()).default({}) })),
});
const Keys = Named.extend({
  keys: z.array(z.string()),
  returnData: z.boolean().default(false),
  returnMetadata: z.boolean().default(false),
});
const Listing = Named.extend({
  maxResults: z.number().default(500),
  nextToken: z.string().default('0'),
  returnData: z.boolean().default(false),
  returnMetadata: z.boolean().default(false),
});
const Query = Named.extend({
  topK: z.number(),
  queryVector: Data,
  filter: z.record(z.string(), z.unknown()).optional(),
  nextToken: z.string().default('0'),
  returnDistance: z.boolean().default(false),
  returnMetadata: z.boolean().default(false),
});

const length = (vector: readonly number[]): number => Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
const distance = (metric: string, a: readonly number[], b: readonly number[]): number =>
  metric === 'cosine' ? 1 - dot(a, b) / (length(a) * length(b)) : length(a.map((x, i) => x - (b[i] ?? 0)));

/** S3 Vectors, exact instead of approximate. */
export function s3Vectors(account: string, region: string): OwnService {
  const buckets = new Map<string, Map<string, Index>>();
  const arnOf = (bucket: string): string => `arn:aws:s3vectors:${region}:${account}:bucket/${bucket}`;
  const indexOf = ({ indexArn, vectorBucketName, indexName }: z.infer<typeof Named>): Index => {
    const [, bucket = vectorBucketName, , name = indexName] = indexArn?.split('/') ?? [];
    const index = buckets.get(bucket ?? '')?.get(name ?? '');
    if (!index) throw new ServiceFault('NotFoundException', 'The specified vector index does not exist');
    return index;
  };
  const check = ({ dimension, distanceMetric }: Index, { float32 }: z.infer<typeof Data>): number[] => {
    if (float32.length !== dimension) throw invalid(`a vector has ${float32.length} numbers, the index ${dimension}`);
    // The values are 32 bits wide, and cosine has no meaning for a zero vector (PutVectors, "Vector data").
    const stored = [...Float32Array.from(float32)];
    if (distanceMetric === 'cosine' && length(stored) === 0) throw invalid('a zero vector has no cosine distance');
    return stored;
  };
  const shown = ({ key, data, metadata }: Vector, wanted: { returnData?: boolean; returnMetadata: boolean }) => ({
    key,
    ...(wanted.returnData && { data: { float32: data } }),
    ...(wanted.returnMetadata && { metadata }),
  });

  return {
    name: 's3vectors',
    signedAs: 's3vectors',
    invalid: 'ValidationException',
    operations: {
      CreateVectorBucket: operation(z.object({ vectorBucketName: z.string() }), ({ vectorBucketName }) => {
        if (buckets.has(vectorBucketName)) throw new ServiceFault('ConflictException', 'The vector bucket exists');
        buckets.set(vectorBucketName, new Map());
        return { vectorBucketArn: arnOf(vectorBucketName) };
      }),
      CreateIndex: operation(
        z.object({
          vectorBucketName: z.string(),
          indexName: z.string(),
          dimension: z.number(),
          distanceMetric: z.string(),
          metadataConfiguration: z.object({ nonFilterableMetadataKeys: z.array(z.string()) }).optional(),
        }),
        ({ vectorBucketName, indexName, dimension, distanceMetric, metadataConfiguration }) => {
          const bucket = buckets.get(vectorBucketName);
          if (!bucket) throw new ServiceFault('NotFoundException', 'The vector bucket does not exist');
          if (bucket.has(indexName)) throw new ServiceFault('ConflictException', 'The index exists');
          const arn = `${arnOf(vectorBucketName)}/index/${indexName}`;
          const nonFilterable = metadataConfiguration?.nonFilterableMetadataKeys ?? [];
          bucket.set(indexName, { arn, dimension, distanceMetric, nonFilterable, vectors: new Map() });
          return { indexArn: arn };
        },
      ),
      PutVectors: operation(PutInput, (input, { body }) => {
        const index = indexOf(input);
        if (body.length > LIMITS.payload) throw invalid(`the request has ${body.length} bytes`);
        if (input.vectors.length > LIMITS.put) throw invalid(`${input.vectors.length} vectors in one call`);
        const vectors = input.vectors.map(({ key, data, metadata }) => {
          const problem = metadataProblem(metadata, index.nonFilterable);
          if (problem !== undefined) throw invalid(problem);
          return { key, data: check(index, data), metadata };
        });
        for (const vector of vectors) index.vectors.set(vector.key, vector);
        return {};
      }),
      DeleteVectors: operation(Keys, (input) => {
        const index = indexOf(input);
        if (input.keys.length > LIMITS.delete) throw invalid(`${input.keys.length} keys in one call`);
        for (const key of input.keys) index.vectors.delete(key);
        return {};
      }),
      GetVectors: operation(Keys, (input) => {
        const index = indexOf(input);
        if (input.keys.length > LIMITS.get) throw invalid(`${input.keys.length} keys in one call`);
        const found = [...new Set(input.keys)].flatMap((key) => index.vectors.get(key) ?? []);
        return { vectors: found.map((vector) => shown(vector, input)) };
      }),
      ListVectors: operation(Listing, (input) => {
        const all = [...indexOf(input).vectors.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
        const start = Number(input.nextToken);
        const end = start + Math.min(input.maxResults, LIMITS.page);
        return {
          vectors: all.slice(start, end).map((vector) => shown(vector, input)),
          ...(end < all.length && { nextToken: String(end) }),
        };
      }),
      QueryVectors: operation(Query, (input) => {
        const index = indexOf(input);
        if (input.topK > LIMITS.results) throw invalid(`topK ${input.topK}`);
        const wanted = check(index, input.queryVector);
        const filter: Filter | undefined = input.filter;
        const ranked = [...index.vectors.values()]
          .filter(({ metadata }) => filter === undefined || matches(filter, metadata, index.nonFilterable))
          .map((vector) => ({ vector, distance: Math.fround(distance(index.distanceMetric, wanted, vector.data)) }))
          .sort((a, b) => a.distance - b.distance)
          .slice(0, input.topK);
        const start = Number(input.nextToken);
        const end = start + LIMITS.resultsPage;
        const vectors = ranked
          .slice(start, end)
          .map((one) => ({ ...shown(one.vector, input), ...(input.returnDistance && { distance: one.distance }) }));
        return { vectors, distanceMetric: index.distanceMetric, ...(end < ranked.length && { nextToken: String(end) }) };
      }),
    },
  };
}
