import {
  DeleteVectorsCommand,
  GetVectorsCommand,
  ListVectorsCommand,
  PutVectorsCommand,
  QueryVectorsCommand,
  S3VectorsClient,
} from '@aws-sdk/client-s3vectors';
import type { Ranked } from '#core/ports/indexes.ts';
import type { SearchScope } from '#core/ports/search.ts';
import { VectorKey } from '#schemas/records/ids.ts';
import { clientOptions } from './client-options.ts';
import { calling } from './service-error.ts';

/**
 * Limits of S3 Vectors (Amazon S3 User Guide, "Limitations and restrictions"; results of a query: What's New of 16 June
 * 2026). The service also takes at most 2,500 vectors a second and index, which the client's retries wait for.
 */
const PUT = 500;
const DELETE = 500;
const GET = 100;
const LIST = 1_000;
const RESULTS = 10_000;
/** Of a request's 20 MiB, with room for what is not vectors. A number is at most this long as JSON. */
const PUT_BYTES = 16 * 1024 * 1024;
const NUMBER_BYTES = 24;

export type VectorEntry = { key: VectorKey; vector: Float32Array; source: string };

/** One S3 Vectors index (cosine). Every call takes effect at once, and repeating one changes nothing. */
export type VectorIndex = {
  put(entries: readonly VectorEntry[]): Promise<void>;
  delete(keys: readonly VectorKey[]): Promise<void>;
  /** Approximate; at most 10,000, so fewer than asked for mean that there are no more or that these are the most. */
  nearest(vector: Float32Array, most: number, scope?: SearchScope): Promise<Ranked[]>;
  /** Those of the keys that are there. */
  get(keys: readonly VectorKey[]): Promise<Map<VectorKey, Float32Array>>;
  has(keys: readonly VectorKey[]): Promise<Set<VectorKey>>;
  /** A page of the keys that there are; no `next`: the last page. */
  list(cursor?: string): Promise<{ keys: VectorKey[]; next: string | undefined }>;
};

const chunksOf = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

export function s3VectorIndex(indexArn: string): VectorIndex {
  const client = new S3VectorsClient(clientOptions());

  const query = async (vector: Float32Array, topK: number, source: string | undefined): Promise<Ranked[]> => {
    const request = {
      indexArn,
      topK,
      queryVector: { float32: [...vector] },
      returnDistance: true,
      ...(source !== undefined && { filter: { source: { $eq: source } } }),
    };
    const found: Ranked[] = [];
    let nextToken: string | undefined;
    do {
      const page = await calling('searching vectors', () =>
        client.send(new QueryVectorsCommand({ ...request, ...(nextToken !== undefined && { nextToken }) })),
      );
      for (const { key, distance = 1 } of page.vectors ?? []) found.push({ key: VectorKey.parse(key), score: 1 - distance });
      nextToken = page.nextToken;
    } while (nextToken !== undefined && found.length < topK);
    return found.sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1));
  };

  const stored = async (keys: readonly VectorKey[], returnData: boolean): Promise<Map<VectorKey, Float32Array>> => {
    const found = new Map<VectorKey, Float32Array>();
    for (const part of chunksOf(keys, GET)) {
      const { vectors = [] } = await calling('reading vectors', () =>
        client.send(new GetVectorsCommand({ indexArn, keys: part, returnData })),
      );
      for (const { key, data } of vectors) found.set(VectorKey.parse(key), Float32Array.from(data?.float32 ?? []));
    }
    return found;
  };

  return {
    async put(entries) {
      const dimensions = entries[0]?.vector.length ?? 1;
      const size = Math.max(1, Math.min(PUT, Math.floor(PUT_BYTES / (dimensions * NUMBER_BYTES))));
      for (const part of chunksOf(entries, size)) {
        const vectors = part.map(({ key, vector, source }) => ({ key, data: { float32: [...vector] }, metadata: { source } }));
        await calling('writing vectors', () => client.send(new PutVectorsCommand({ indexArn, vectors })));
      }
    },
    async delete(keys) {
      for (const part of chunksOf(keys, DELETE))
        await calling('deleting vectors', () => client.send(new DeleteVectorsCommand({ indexArn, keys: part })));
    },
    nearest: (vector, most, { source } = {}) => query(vector, Math.min(most, RESULTS), source),
    get: (keys) => stored(keys, true),
    has: async (keys) => new Set((await stored(keys, false)).keys()),
    async list(cursor) {
      const { vectors = [], nextToken } = await calling('listing vectors', () =>
        client.send(new ListVectorsCommand({ indexArn, maxResults: LIST, ...(cursor !== undefined && { nextToken: cursor }) })),
      );
      return { keys: vectors.map(({ key }) => VectorKey.parse(key)), next: nextToken };
    },
  };
}
