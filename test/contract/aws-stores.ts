import { randomUUID } from 'node:crypto';
import { dynamoAudit, readStory } from '#adapters/aws/dynamo/dynamo-audit.ts';
import { dynamoEmbeddings } from '#adapters/aws/dynamo/dynamo-embeddings.ts';
import { dynamoPolicies } from '#adapters/aws/dynamo/dynamo-policies.ts';
import { s3WorkStore } from '#adapters/aws/s3/s3-work-store.ts';
import { s3VectorIndex } from '#adapters/aws/s3-vector-index.ts';
import { s3VectorsStore } from '#adapters/aws/s3-vectors-store.ts';
import { parameterKeys } from '#adapters/aws/store-key.ts';
import { beginTransaction } from '#adapters/aws/transaction.ts';
import { awsSearchIndex } from '#adapters/aws/view/search-index.ts';
import { memoryEmbedder } from '#adapters/memory/memory-embedder.ts';
import type { BusEvent } from '#schemas/events/index.ts';
import { createPlaces } from './aws-places.ts';
import { DIMENSIONS, type Stores } from './stores.ts';

const STORY = 1_000;

/** The AWS adapters over tables, a bucket and an index of their own in the emulator that the run started. */
export async function awsStores(publish: (events: readonly BusEvent[]) => Promise<void> = async () => undefined): Promise<Stores> {
  const { ledger: table, audit, embeddings: cached, bucket, indexArn, parameter } = await createPlaces(DIMENSIONS);
  const ledger = { table, bucket };
  const embeddings = dynamoEmbeddings(cached, Date.now);
  const index = s3VectorIndex(indexArn);
  let keys = await parameterKeys(parameter);
  return {
    begin() {
      const { ports, commit } = beginTransaction({
        ledger,
        work: s3WorkStore(bucket),
        embeddings,
        vectors: s3VectorsStore(index, embeddings),
        audit: dynamoAudit(audit, Date.now),
        publish,
        ids: { next: randomUUID },
        now: Date.now,
      });
      return { ports, commit: ({ events = [], ...rest } = {}) => commit({ events, ...rest }) };
    },
    auditOf: (document) => readStory(audit, document, STORY),
    search: () => awsSearchIndex(ledger, index, memoryEmbedder({ dimensions: DIMENSIONS })),
    policies: (config) => dynamoPolicies(ledger, config),
    keys: () => keys,
    async reopen() {
      keys = await parameterKeys(parameter);
    },
    close: async () => undefined,
  };
}
