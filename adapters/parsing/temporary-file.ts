import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Lends bytes as a file that only this user can read, and that is gone afterwards. */
export async function withTemporaryFile<T>(bytes: Uint8Array, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-part-'));
  try {
    const file = path.join(folder, 'part');
    await writeFile(file, bytes, { mode: 0o600, flag: 'wx' });
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
