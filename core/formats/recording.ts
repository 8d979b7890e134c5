import type { ContentHandle } from '../ports/content.ts';

/** What the header of a recording says; undefined: it does not say. */
export type Recording = { seconds: number | undefined; codec: string | undefined };

/** Where the length stands at the end of a file it takes all of it; larger ones are judged by their beginning. */
const WHOLE = 24 * 1024 * 1024;
const HEAD = 1024 * 1024;

/** Duration and codec of a recording, from its container's headers. Undefined: they cannot be read. */
export async function recordingOf({ size, read }: Pick<ContentHandle, 'size' | 'read'>, mediaType: string): Promise<Recording | undefined> {
  const bytes = await read(0, size <= WHOLE ? size : HEAD);
  // Few documents are recordings.
  const { parseBuffer } = await import('music-metadata');
  try {
    const { format } = await parseBuffer(bytes, { mimeType: mediaType, size }, { duration: size <= WHOLE, skipCovers: true });
    return { seconds: format.duration, codec: format.codec };
  } catch {
    return undefined;
  }
}
