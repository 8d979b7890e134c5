import { randomUUID } from 'node:crypto';
import { DeleteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { dynamoAudit } from '#adapters/aws/dynamo/dynamo-audit.ts';
import { dynamoEmbeddings } from '#adapters/aws/dynamo/dynamo-embeddings.ts';
import { s3WorkStore } from '#adapters/aws/s3/s3-work-store.ts';
import { s3VectorIndex } from '#adapters/aws/s3-vector-index.ts';
import { beginTransaction } from '#adapters/aws/transaction.ts';
import { awsPipelineView } from '#adapters/aws/view/pipeline-view.ts';
import { awsSearchIndex } from '#adapters/aws/view/search-index.ts';
import { memoryEmbedder } from '#adapters/memory/memory-embedder.ts';
import { createPlaces } from './aws-places.ts';
import { DIMENSIONS } from './stores.ts';
import type { Opened } from './view.ts';

async function empty(client: DynamoDBClient, TableName: string): Promise<void> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName, ProjectionExpression: 'pk, sk' }));
  await Promise.all(Items.map((Key) => client.send(new DeleteItemCommand({ TableName, Key }))));
}

/** The view of a deployed pipeline, over tables of its own in the emulator that the run started. */
export async function awsView(): Promise<Opened> {
  const { ledger: table, audit, embeddings, bucket, indexArn } = await createPlaces(DIMENSIONS);
  const ledger = { table, bucket };
  const client = new DynamoDBClient();
  const index = awsSearchIndex(ledger, s3VectorIndex(indexArn), memoryEmbedder({ dimensions: DIMENSIONS }));
  const queues = async () => ({ pending: 0, deadLetters: [] });
  const view = awsPipelineView({ ledger, auditTable: audit, index, queues });
  return {
    view: { ...view, subscribe: () => () => undefined },
    async write(work) {
      const { ports, commit } = beginTransaction({
        ledger,
        work: s3WorkStore(bucket),
        embeddings: dynamoEmbeddings(embeddings, Date.now),
        vectors: undefined,
        audit: dynamoAudit(audit, Date.now),
        publish: async () => undefined,
        ids: { next: randomUUID },
        now: Date.now,
      });
      await work(ports);
      await commit({ events: [] });
    },
    tell: () => undefined,
    clear: async () => void (await Promise.all([empty(client, table), empty(client, audit)])),
    close: async () => client.destroy(),
  };
}
