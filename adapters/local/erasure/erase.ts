import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { certificateOf } from '#core/erasure/certificate.ts';
import { eraseDocument, type Removed } from '#core/erasure/erase-document.ts';
import { hintsOfErased } from '#core/erasure/members.ts';
import { SluiceError } from '#core/errors.ts';
import type { Ids, Ports, Transaction } from '#core/ports/index.ts';
import type { ErasureRequest } from '#core/ports/pipeline.ts';
import { retryingConflicts, told } from '#core/runtime.ts';
import type { ErasureCertificate } from '#schemas/records/erasure.ts';
import type { Retention } from '#schemas/retention.ts';
import { deleteProfiles } from '../profiles.ts';
import type { Db } from '../sqlite/db.ts';
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
};

const DAY_MS = 86_400_000;

const KEPT = [
  'the files themselves: they are their owner’s, and stay where they are',
  'a tombstone for each document: its id, and a keyed hash of its bytes, so that it is not read again',
  'the story of each document: times, stages and counts, without content and names, until it expires',
  'copies of the data directory that somebody else made',
];

async function eraseOne({ begin }: EraserOptions, { head }: Found, id: string): Promise<Removed | undefined> {
  return retryingConflicts(async () => {
    const { ports, commit } = begin();
    const removed = await eraseDocument(head.document, id, ports);
    await commit({ events: [] });
    return removed;
  });
}

function write(dataDir: string, certificate: ErasureCertificate): void {
  const folder = path.join(dataDir, 'certificates');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(folder, `${certificate.id}.json`), `${JSON.stringify(certificate, null, 2)}\n`, { mode: 0o600 });
}

/** Erases within the process that owns the data directory; nothing else may be in work meanwhile. */
export function eraser(options: EraserOptions): Eraser {
  const { db, dataDir, ports, ids, retention } = options;
  const finding = { db, keys: ports.keys, traces: ports.traces };
  return {
    async erase(wanted) {
      const id = ids.next();
      const found = await findDocuments(finding, wanted);
      if (found.length === 0) throw new SluiceError('not-found', 'erasing: there is nothing of it, or it was erased before');
      const removed: Removed[] = [];
      for (const one of found) {
        const erased = await eraseOne(options, one, id);
        if (erased) removed.push(erased);
      }
      const counts = await deleteLeftovers(
        db,
        found.map(({ head }) => head),
      );
      const { backups } = await clearFiles(db, dataDir);
      const profiles = await deleteProfiles(
        dataDir,
        found.map(({ head }) => head.nativeId),
      );
      const certificate = certificateOf({
        id,
        at: ports.clock.now(),
        subject: wanted.subject,
        keys: ports.keys,
        removed,
        foundBy: new Map(found.map(({ head, foundBy }) => [head.document, foundBy])),
        counts: { ...counts, 'backups of older versions': backups, 'profiles of tables': profiles },
        kept: KEPT,
        expires: [{ what: 'the story of each document', by: new Date(ports.clock.now() + retention.storyDays * DAY_MS).toISOString() }],
      });
      write(dataDir, certificate);
      const hints = hintsOfErased(found.map(({ head }) => head));
      if (hints.length > 0) await options.begin().commit({ events: hints.map((hint) => told(hint, { ids, clock: ports.clock })) });
      return certificate;
    },
  };
}
