import type { ErasureCandidate, ErasureCertificate } from '#schemas/records/erasure.ts';
import type { Retention } from '#schemas/retention.ts';
import { SluiceError } from '../errors.ts';
import type { Keys } from '../ports/index.ts';
import type { Inspection } from '../ports/inspection.ts';
import { certificateOf } from './certificate.ts';
import { subjectName } from './identifiers.ts';
import { isErased } from './tombstone.ts';

const DAY_MS = 86_400_000;
/** What AWS keeps by itself: queues at the most, archives of events (stacks/bus.ts), restorable tables. */
const QUEUE_DAYS = 14;
const ARCHIVE_DAYS = 14;
const BACKUP_DAYS = 35;

const KEPT = [
  'the objects in the inbox: they are their owner’s; what is deleted there stays as an old version for as long as the configuration says',
  'a tombstone for each document: its id, and a keyed hash of its bytes, so that it is not read again',
  'the story of each document: times, stages and counts, without content and names, until it expires',
];

const expiring = (at: number, { cachedVectorDays, unmaskedDays }: Retention, logDays: number): ErasureCertificate['expires'] =>
  (
    [
      ['keys of objects in messages and dead letters', QUEUE_DAYS],
      ['keys of objects in archives of events', ARCHIVE_DAYS],
      ['keys of objects in logs', logDays],
      ['transcripts that a speech service wrote', unmaskedDays],
      ['cached vectors of older versions', cachedVectorDays],
      ['restorable states of the tables', BACKUP_DAYS],
    ] as const
  ).map(([what, days]) => ({ what, by: new Date(at + days * DAY_MS).toISOString() }));

export type Certifying = {
  inspection: Pick<Inspection, 'headsById'>;
  retention: Retention;
  logDays: number;
};

/** Certifies what was erased in a deployment. Throws `invalid-input` for a document that was not erased under this id. */
export async function certify(
  documents: readonly Omit<ErasureCandidate, 'uri'>[],
  { id, at, subject, keys }: { id: string; at: number; subject: string | undefined; keys: Keys },
  { inspection, retention, logDays }: Certifying,
): Promise<ErasureCertificate> {
  const heads = await inspection.headsById(documents.map(({ documentId }) => documentId));
  const removed = documents.map(({ documentId, chunks }) => {
    const head = heads.get(documentId);
    if (!head || !isErased(head) || !head.problem?.message.includes(id))
      throw new SluiceError('invalid-input', `certifying ${documentId}: it was not erased under this id`);
    return { document: documentId, generation: head.generation, chunks };
  });
  const foundBy = new Map(documents.map((one) => [one.documentId, one.foundBy]));
  const expires = expiring(at, retention, logDays);
  const name = subject === undefined ? null : subjectName(keys, subject);
  return certificateOf({ id, at, subject: name, removed, foundBy, counts: {}, kept: KEPT, expires });
}
