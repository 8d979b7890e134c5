import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ErasureCertificate } from '#schemas/records/erasure.ts';

/** What an erasure set out to do. It is kept while that is done, so that one that was cut off is finished by the next. */
const Begun = ErasureCertificate.pick({ id: true, subject: true }).extend({
  documents: z.array(ErasureCertificate.shape.documents.element.omit({ generation: true })),
  /** What the documents had that each takes along. */
  manifests: z.int().nonnegative(),
});
export type Begun = z.infer<typeof Begun>;

const BEGUN = '.begun.json';

const folderOf = (dataDir: string): string => path.join(dataDir, 'certificates');

/** Whole or not at all. */
function write(dataDir: string, name: string, value: unknown): void {
  const file = path.join(folderOf(dataDir), name);
  mkdirSync(folderOf(dataDir), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.part`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.part`, file);
}

export const noteBegun = (dataDir: string, begun: Begun): void => write(dataDir, `${begun.id}${BEGUN}`, begun);

/** Erasures that were cut off. */
export function allBegun(dataDir: string): Begun[] {
  const names = readdirSync(path.dirname(folderOf(dataDir))).includes('certificates') ? readdirSync(folderOf(dataDir)) : [];
  return names
    .filter((name) => name.endsWith(BEGUN))
    .map((name) => Begun.parse(JSON.parse(readFileSync(path.join(folderOf(dataDir), name), 'utf8'))));
}

export function writeCertificate(dataDir: string, certificate: ErasureCertificate): void {
  write(dataDir, `${certificate.id}.json`, certificate);
  rmSync(path.join(folderOf(dataDir), `${certificate.id}${BEGUN}`), { force: true });
}
