import type { Extracted } from '#schemas/records/extracted.ts';
import { SluiceError } from '../errors.ts';
import { checkText, finished } from '../formats/finish.ts';
import { DEFAULT_PARSE_LIMITS } from '../formats/index.ts';
import { parseSrt, parseVtt } from '../formats/subtitles.ts';
import type { ContentHandle } from '../ports/content.ts';

/** A day of speech has about a megabyte. */
const MOST_BYTES = 16 * 1024 * 1024;

/** What a file beside a recording says was spoken, by the end of its name. */
export async function readTranscript({ name, size, read }: ContentHandle): Promise<Extracted> {
  if (size > MOST_BYTES) throw new SluiceError('too-large', `reading ${name}: a transcript of ${size} bytes, ${MOST_BYTES} allowed`);
  const bytes = await read(0, size);
  const parse = name.endsWith('.srt') ? parseSrt : parseVtt;
  const document = finished(parse(bytes, { name, limits: DEFAULT_PARSE_LIMITS }));
  checkText(document, name, 'a transcript', DEFAULT_PARSE_LIMITS);
  return document;
}
