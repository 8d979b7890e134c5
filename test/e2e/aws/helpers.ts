import type { ExportAnswer, ExportedChunk } from '#schemas/records/operations.ts';
import type { DocumentRecord } from '#schemas/records/pipeline-view.ts';
import type { Deployment } from '#test/aws/deployment.ts';

export { page } from '../local/helpers.ts';

const keyOf = (uri: string): string => uri.slice('s3://'.length).split('/').slice(1).join('/');

/** Names of the objects that a search finds, best first. */
export const foundKeys = async (deployment: Deployment, query: string): Promise<string[]> => [
  ...new Set((await deployment.search(query)).hits.map(({ uri }) => uri.slice('s3://'.length).split('/').slice(1).join('/'))),
];

/** The documents of the ledger by their keys. */
export async function documentsByKey(deployment: Deployment): Promise<Map<string, DocumentRecord>> {
  const found = new Map<string, DocumentRecord>();
  for (let offset = 0; ; offset += 100) {
    const { documents, more } = await deployment.api<{ documents: DocumentRecord[]; more: boolean }>(
      'GET',
      `/api/documents?limit=100&offset=${offset}`,
    );
    for (const document of documents) found.set(keyOf(document.uri), document);
    if (!more) return found;
  }
}

export async function exportedChunks(deployment: Deployment): Promise<ExportedChunk[]> {
  const all: ExportedChunk[] = [];
  let cursor: string | undefined;
  do {
    const { chunks, next } = await deployment.api<ExportAnswer>('POST', '/api/export', cursor === undefined ? {} : { cursor });
    all.push(...chunks);
    cursor = next;
  } while (cursor !== undefined);
  return all;
}

/** Events that functions put on the bus, by their names; one that is put again counts again. */
export const publishedEvents = ({ aws }: Deployment): { name: string; detail: Record<string, unknown> }[] =>
  aws.calls
    .filter(({ operation, status }) => operation === 'PutEvents' && status === 200)
    .flatMap(({ body }) => JSON.parse(body.toString()).Entries)
    .map(({ DetailType, Detail }) => ({ name: DetailType, detail: JSON.parse(Detail) }));

/** Dead letters of all queues. */
export async function deadLetters({ graph, lambda }: Deployment): Promise<number> {
  const names = graph.flatMap(({ type, inputs }) => (type === 'aws:sqs/queue:Queue' ? [String(inputs.name)] : []));
  let sum = 0;
  for (const name of names.filter((queue) => queue.endsWith('-dlq'))) sum += await lambda.count(name);
  return sum;
}

/** Calls of an operation that were answered well. */
export const callsOf = ({ aws }: Deployment, operation: string): number =>
  aws.calls.filter((call) => call.operation === operation && call.status === 200).length;
