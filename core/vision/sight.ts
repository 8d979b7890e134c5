import type { ContentHandle } from '../ports/content.ts';
import type { Sight } from '../ports/vision.ts';

/** A file of this format as a picture that services take; undefined: it is none, or of another form. */
export async function sightOf(content: Pick<ContentHandle, 'name' | 'size' | 'read'>, format: string): Promise<Sight | undefined> {
  if (format !== 'png' && format !== 'jpg') return undefined;
  return { name: content.name, format, bytes: await content.read(0, content.size) };
}
