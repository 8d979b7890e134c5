import { openAsBlob } from 'node:fs';
import { SluiceError } from '#core/errors.ts';
import { type PlannedUpload, UploadsAnswer } from '#schemas/records/operations.ts';
import { type Client, fetching, retrying } from './client.ts';
import { fileFacts, type LocalFile } from './local-files.ts';

/** Files that one question covers, and that are uploaded at once. */
const FILES = 50;
const AT_ONCE = 8;

export type Uploaded = { document: string; key: string; generation: number; isKnown: boolean };

const parts = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

async function put({ file, key }: LocalFile, { url, headers, seconds }: NonNullable<PlannedUpload['upload']>, backoffMs: number) {
  const action = `uploading ${key}`;
  await retrying(async () => {
    const body = await openAsBlob(file);
    const response = await fetching(action, url, { method: 'PUT', headers, body }, seconds * 1000);
    await response.body?.cancel();
    if (response.ok) return;
    // The inbox checks the bytes: what it refuses is no longer the file that was read.
    if (response.status === 400) throw new SluiceError('growing', `${action}: it changed while it was uploaded`);
    if (response.status === 403) throw new SluiceError('access-denied', `${action}: the inbox refused the upload`);
    throw new SluiceError('unavailable', `${action}: HTTP ${response.status}`);
  }, backoffMs);
}

async function each<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const next = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

/** Uploads what the inbox does not have yet; answers the documents that the files are of. */
export async function uploadFiles(client: Client, files: readonly LocalFile[], backoffMs: number): Promise<Uploaded[]> {
  const uploaded: Uploaded[] = [];
  for (const part of parts(files, FILES)) {
    const facts = await Promise.all(part.map(async ({ file, key }) => ({ key, ...(await fileFacts(file)) })));
    const { files: planned } = await client.post('api/uploads', UploadsAnswer, { files: facts });
    const byKey = new Map(part.map((file) => [file.key, file]));
    // A document must not be seen before the side-car that restricts it, and uploads at once overtake each other.
    for (const sidecars of [true, false])
      await each(planned, async ({ key, upload }) => {
        const file = byKey.get(key);
        if (file?.isSidecar === sidecars && upload) await put(file, upload, backoffMs);
      });
    for (const { document, key, generation, isKnown } of planned)
      if (document !== undefined) uploaded.push({ document, key, generation, isKnown });
  }
  return uploaded;
}
