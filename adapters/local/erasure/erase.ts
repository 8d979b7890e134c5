import { certificateOf, type Erasure } from '#core/erasure/certificate.ts';
import { eraseDocument } from '#core/erasure/erase-document.ts';
import { subjectName } from '#core/erasure/identifiers.ts';
import { emptiedBy, hintsOfErased } from '#core/erasure/members.ts';
import { isErased } from '#core/erasure/tombstone.ts';
import { SluiceError } from '#core/errors.ts';
import type { Ids, Ports, Transaction } from '#core/ports/index.ts';
import type { ErasureRequest } from '#core/ports/pipeline.ts';
import { retryingConflicts, told } from '#core/runtime.ts';
import type { ErasureCertificate } from '#schemas/records/erasure.ts';
import type { Head } from '#schemas/records/head.ts';
import type { DocumentId } from '#schemas/records/ids.ts';
import type { Retention } from '#schemas/retention.ts';
import { deleteProfiles } from '../profiles.ts';
import type { Db } from '../sqlite/db.ts';
import { allBegun, type Begun, noteBegun, writeCertificate } from './begun.ts';
import { type Found, findDocuments } from './find.ts';
import { clearFiles, deleteLeftovers } from './purge.ts';

export type Eraser = {
  /** Removes it, and everything that is left of it in the files of the data directory. Throws `not-found` when there is nothing. */
  erase(wanted: ErasureRequest): Promise<ErasureCertificate>;
};

export type EraserOptions = {
  db: Db;
  dataDir: string;
  ports: Ports;
  ids: Ids;
  retention: Retention;
  begin(): Transaction;
  /** Throws `invalid-config` where nothing can be masked: tokens are kept, and their key is not here. */
  mayMask(): void;
};

const DAY_MS = 86_400_000;

const KEPT = [
  'the files themselves: they are their owner’s, and stay where they are',
  'a tombstone for each document: its id, and a keyed hash of its bytes, so that it is not read again',
  'the story of each document: times, stages and counts, without content and names, until it expires',
  'copies of the data directory that somebody else made',
];

async function eraseOne({ begin }: EraserOptions, document: DocumentId, id: string, without?: readonly DocumentId[]): Promise<void> {
  await retryingConflicts(async () => {
    const { ports, commit } = begin();
    await eraseDocument(document, id, ports, without);
    await commit({ events: [] });
  });
}

const begunWith = (id: string, { subject }: ErasureRequest, { keys }: Ports, found: readonly Found[]): Begun => ({
  id,
  subject: subject === undefined ? null : subjectName(keys, subject),
  documents: found.map(({ head, foundBy }) => ({ documentId: head.document, foundBy, chunks: head.committed?.chunks ?? 0 })),
  manifests: found.filter(({ head }) => typeof head.committed?.manifest === 'string').length,
});

const summed = (counts: readonly Record<string, number>[]): Record<string, number> => {
  const sum: Record<string, number> = {};
  for (const [what, count] of counts.flatMap((one) => Object.entries(one))) sum[what] = (sum[what] ?? 0) + count;
  return sum;
};

/**
 * Removes what was set out to be removed. The names by which things are found go with the documents' heads, so what is found
 * by them is removed before: wherever it is cut off, it can be done again.
 */
async function carryOut(options: EraserOptions, begun: Begun): Promise<ErasureCertificate> {
  const { db, dataDir, ports, ids, retention } = options;
  const { ledger } = ports;
  const heads: Head[] = [];
  for (const { documentId } of begun.documents) {
    const head = await ledger.head(documentId);
    if (head && !isErased(head)) heads.push(head);
  }
  const profiles = await deleteProfiles(
    dataDir,
    heads.map(({ nativeId }) => nativeId),
  );
  const before = await deleteLeftovers(db, heads);
  const emptied = emptiedBy(heads, ports.keys);
  for (const { document, without } of emptied) await eraseOne(options, document, begun.id, without);
  for (const { document } of heads) await eraseOne(options, document, begun.id);
  const after = await deleteLeftovers(db, heads);
  const { backups } = await clearFiles(db, dataDir);
  const removed: Erasure['removed'][number][] = [];
  for (const { documentId, chunks } of begun.documents)
    removed.push({ document: documentId, generation: (await ledger.head(documentId))?.generation ?? 0, chunks });
  const certificate = certificateOf({
    id: begun.id,
    at: ports.clock.now(),
    subject: begun.subject,
    removed,
    foundBy: new Map(begun.documents.map(({ documentId, foundBy }) => [documentId, foundBy])),
    counts: summed([before, after, { manifests: begun.manifests, 'backups of older versions': backups, 'profiles of tables': profiles }]),
    kept: KEPT,
    expires: [{ what: 'the story of each document', by: new Date(ports.clock.now() + retention.storyDays * DAY_MS).toISOString() }],
  });
  writeCertificate(dataDir, certificate);
  const hints = hintsOfErased(heads, emptied);
  if (hints.length > 0) await options.begin().commit({ events: hints.map((hint) => told(hint, { ids, clock: ports.clock })) });
  return certificate;
}

/** An archive stays, and is masked anew without the names of its files that were erased: that must not fail when they are gone. */
function proveMaking(heads: readonly Head[], { ports, mayMask }: EraserOptions): void {
  const [archive] = emptiedBy(heads, ports.keys);
  if (!archive) return;
  try {
    mayMask();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const what = `erasing: ${archive.nativeId} has to be masked anew without what is erased in it, or named itself to be erased whole`;
    throw new SluiceError('invalid-config', `${what}: ${why}`, { cause: error });
  }
}

/** Erases within the process that owns the data directory; nothing else may be in work meanwhile. */
export function eraser(options: EraserOptions): Eraser {
  const { db, dataDir, ports, ids } = options;
  const finding = { db, keys: ports.keys, traces: ports.traces };
  return {
    async erase(wanted) {
      let finished: ErasureCertificate | undefined;
      for (const begun of allBegun(dataDir)) finished = await carryOut(options, begun);
      const found = await findDocuments(finding, wanted).catch((error: unknown) => {
        if (finished && error instanceof SluiceError && error.code === 'not-found') return [];
        throw error;
      });
      if (found.length === 0 && finished) return finished;
      if (found.length === 0) {
        // It may have stood in what was removed or replaced since, of which pages and terms are left.
        await deleteLeftovers(db, []);
        await clearFiles(db, dataDir);
        const cleared = 'what was deleted before is cleared from the files of the index now';
        throw new SluiceError('not-found', `erasing: no document has it, or it was erased before; ${cleared}`);
      }
      proveMaking(
        found.map(({ head }) => head),
        options,
      );
      const begun = begunWith(ids.next(), wanted, ports, found);
      noteBegun(dataDir, begun);
      return carryOut(options, begun);
    },
  };
}
