import { randomUUID } from 'node:crypto';
import { SluiceError } from '#core/errors.ts';
import type { ErasureRequest } from '#core/ports/pipeline.ts';
import { ErasureAnswer, type ErasureCandidate, ErasureCertificate } from '#schemas/records/erasure.ts';
import type { Client } from './client.ts';

/** Page by page; each document once, however many pages find it. */
async function pages(client: Client, request: ErasureRequest, certificate: string | undefined): Promise<ErasureCandidate[]> {
  const found = new Map<string, ErasureCandidate>();
  const { documents, subject } = request;
  let cursor: string | undefined;
  do {
    const asked = { documents, ...(subject !== undefined && { subject }), ...(certificate !== undefined && { certificate }) };
    const page = await client.post('api/erasure', ErasureAnswer, { ...asked, ...(cursor !== undefined && { cursor }) });
    for (const one of page.documents) {
      const known = found.get(one.documentId)?.foundBy ?? [];
      found.set(one.documentId, { ...one, foundBy: [...new Set([...known, ...one.foundBy])] });
    }
    cursor = page.next;
  } while (cursor !== undefined);
  return [...found.values()];
}

export const erasable = (client: Client, request: ErasureRequest): Promise<ErasureCandidate[]> => pages(client, request, undefined);

/** Erases under an id of its own, and has certified what was. */
export async function erase(client: Client, request: ErasureRequest): Promise<ErasureCertificate> {
  const id = randomUUID();
  const documents = await pages(client, request, id);
  if (documents.length === 0) throw new SluiceError('not-found', 'erasing: there is nothing of it, or it was erased before');
  const { subject } = request;
  const known = documents.map(({ uri: _, ...one }) => one);
  return client.post('api/certificate', ErasureCertificate, { id, documents: known, ...(subject !== undefined && { subject }) });
}
