import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SluiceError } from '#core/errors.ts';
import { type Container, openContainer } from '#core/formats/containers/open.ts';
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
  /** The file at this path within the container. */
  member?: string;
};
/** What a child says before its answer: so many more pages are read. */
export type ParseProgress = { pages: number };
/** `picture` and `member` are base64; null: the container has no such file. */
export type ParseAnswer =
  | { extracted: Extracted }
  | { picture: string }
  | { recognised: RecognisedPage }
  | { member: string | null }
  | { error: { code: string; message: string } };

/** Waits until it is on its way: the pages in between do not let go of the thread. */
const progress = (pages: number): Promise<void> =>
  new Promise((resolve) => {
    const said: ParseProgress = { pages };
    process.send?.(said, () => resolve());
  });

async function answer(request: ParseRequest): Promise<ParseAnswer> {
  const { name, contentHash, limits, options, picture, recognise: how } = request;
  try {
    if (request.member !== undefined) return { member: await readMember(request, request.member) };
    const bytes = await bytesOf(request);
    if (picture !== undefined) {
      const { pdfPicture } = await import('#core/formats/pdf/picture.ts');
      return { picture: Buffer.from(await pdfPicture(bytes, name, picture)).toString('base64') };
    }
    if (how) {
      const { recognise } = await import('./tesseract/recognise.ts');
      return { recognised: await recognise({ name, bytes, page: how.page }, how.languages) };
    }
    return { extracted: await parseDocument(bytes, name, limits, { ...options, progress }) };
  } catch (error) {
    const code = codeOf(error);
    // A document that was observed and is gone has a newer state, which has its own event.
    const isSuperseded = code === 'not-found' && contentHash !== undefined;
    return { error: { code: isSuperseded ? 'superseded' : code, message: error instanceof Error ? error.message : String(error) } };
  }
}

async function bytesOf({ path, name, contentHash }: ParseRequest): Promise<Uint8Array> {
  const bytes = await readFile(path);
  if (contentHash && createHash('sha256').update(bytes).digest('hex') !== contentHash) {
    throw new SluiceError('superseded', `reading ${name}: its bytes changed after it was observed`);
  }
  return bytes;
}

/** The container that was last read from: its files are asked for one after the other. */
let latest: { contentHash: string; container: Container } | undefined;

async function readMember(request: ParseRequest, member: string): Promise<string | null> {
  const { contentHash, name, limits } = request;
  const known = latest && latest.contentHash === contentHash ? latest.container : undefined;
  // What a container may inflate to counts for one look at it: one that was read from for long is opened anew.
  let bytes = await known?.read(member).catch(() => undefined);
  if (bytes === undefined) {
    const container = await openContainer(await bytesOf(request), name, limits, { progress });
    latest = contentHash === undefined ? undefined : { contentHash, container };
    bytes = await container.read(member);
  }
  return bytes === undefined ? null : Buffer.from(bytes).toString('base64');
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
