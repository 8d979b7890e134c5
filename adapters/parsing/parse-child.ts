import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SluiceError } from '#core/errors.ts';
import type { ParseLimits } from '#core/formats/index.ts';
import { parseDocument } from '#core/formats/parse.ts';
import type { RecognisedPage } from '#core/ports/ocr.ts';
import type { ParseOptions } from '#core/ports/parsers.ts';
import type { Extracted } from '#schemas/records/extracted.ts';

/**
 * The entry of a parsing child process: one request at a time, one answer to each. `picture`: of this page, not its text;
 * `recognise`: the text of a page of a picture, in the likeliest of these languages.
 */
export type ParseRequest = {
  path: string;
  name: string;
  contentHash?: string;
  limits: ParseLimits;
  options?: ParseOptions;
  picture?: number;
  recognise?: { page: number; languages: readonly string[] };
};
/** `picture` is base64. */
export type ParseAnswer =
  | { extracted: Extracted }
  | { picture: string }
  | { recognised: RecognisedPage }
  | { error: { code: string; message: string } };

async function answer({ path, name, contentHash, limits, options, picture, recognise: how }: ParseRequest): Promise<ParseAnswer> {
  try {
    const bytes = await readFile(path);
    if (contentHash && createHash('sha256').update(bytes).digest('hex') !== contentHash) {
      throw new SluiceError('superseded', `reading ${name}: its bytes changed after it was observed`);
    }
    if (picture !== undefined) {
      const { pdfPicture } = await import('#core/formats/pdf/picture.ts');
      return { picture: Buffer.from(await pdfPicture(bytes, name, picture)).toString('base64') };
    }
    if (how) {
      const { recognise } = await import('./tesseract/recognise.ts');
      return { recognised: await recognise({ name, bytes, page: how.page }, how.languages) };
    }
    return { extracted: await parseDocument(bytes, name, limits, options) };
  } catch (error) {
    const code = codeOf(error);
    // A document that was observed and is gone has a newer state, which has its own event.
    const isSuperseded = code === 'not-found' && contentHash !== undefined;
    return { error: { code: isSuperseded ? 'superseded' : code, message: error instanceof Error ? error.message : String(error) } };
  }
}

function codeOf(error: unknown): string {
  if (error instanceof SluiceError) return error.code;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'not-found';
  return typeof code === 'string' && /^E[A-Z]+$/.test(code) ? 'source-unavailable' : 'bug';
}

process.on('message', (request: ParseRequest) => {
  void answer(request).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());
// A terminal sends it to the children too; the parent lets what is in work end.
process.on('SIGINT', () => undefined);
