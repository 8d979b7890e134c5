import type { Head } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { DuplicateRecord } from '#schemas/records/pipeline-view.ts';
import type { Traces } from '../ports/traces.ts';
import { copiesOf } from './copies.ts';

/** Near-copies that are shown; a flood has thousands. */
const SHOWN = 20;

/** A document's near-copies as people are shown them, the most similar first. */
export async function duplicatesOf(
  document: DocumentId,
  traces: Pick<Traces, 'of' | 'sharing'>,
  headsById: (documents: readonly DocumentId[]) => Promise<Iterable<Head>>,
): Promise<DuplicateRecord[]> {
  const copies = (await copiesOf(document, await traces.of(document, 'copy'), traces)).slice(0, SHOWN);
  if (copies.length === 0) return [];
  const heads = new Map([...(await headsById(copies.map((copy) => copy.document)))].map((head) => [head.document, head]));
  return copies.flatMap(({ document: documentId, similarity }) => {
    const head = heads.get(documentId);
    return head ? [{ documentId, uri: head.uri, similarity: Number(similarity.toFixed(4)) }] : [];
  });
}
