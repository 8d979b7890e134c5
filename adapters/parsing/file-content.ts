import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { SluiceError } from '#core/errors.ts';
import type { ContentHandle } from '#core/ports/content.ts';
import { isRecording, TRANSCRIPT_SUFFIXES } from '#core/transcripts.ts';

type FileContent = Pick<ContentHandle, 'name' | 'size' | 'read' | 'withFile'>;

/** The transcript beside a recording; undefined: there is none. */
export async function transcriptBeside(file: string): Promise<FileContent | undefined> {
  if (!isRecording(file)) return undefined;
  for (const suffix of TRANSCRIPT_SUFFIXES) {
    const found = await fileContent(file + suffix).catch(() => undefined);
    if (found) return found;
  }
  return undefined;
}

/** A file that somebody names, as a document's bytes. Throws `not-found`, and `invalid-input` for what is no file. */
export async function fileContent(file: string): Promise<FileContent> {
  const stats = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new SluiceError('not-found', `reading ${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`);
  });
  if (!stats.isFile()) throw new SluiceError('invalid-input', `reading ${file}: not a file`);
  return {
    name: path.basename(file),
    size: stats.size,
    read: (start, end) => readRange(file, start, Math.min(end, stats.size)),
    withFile: (use) => use(path.resolve(file)),
  };
}

async function readRange(file: string, start: number, end: number): Promise<Uint8Array> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new SluiceError('source-unavailable', `reading ${file}: ${error.code}`, { cause: error });
  });
  try {
    const bytes = Buffer.alloc(Math.max(0, end - start));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
