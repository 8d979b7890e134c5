import type { Element, Extracted } from '#schemas/records/extracted.ts';
import { SluiceError } from '../errors.ts';
import { checkText, finished } from '../formats/finish.ts';
import { picturesOf } from '../formats/image-size.ts';
import { DEFAULT_PARSE_LIMITS, formatOf } from '../formats/index.ts';
import { sniff } from '../formats/sniff.ts';
import { MAX_DEPTH } from '../members/member-id.ts';
import { cleanCharacters } from '../normalising/characters.ts';
import type { ContentHandle } from '../ports/content.ts';
import type { Ocr, RecognisedPage } from '../ports/ocr.ts';
import type { Parsable, Parsers } from '../ports/parsers.ts';
import type { Transcript } from '../ports/speech.ts';
import type { TableEngine } from '../ports/table-engine.ts';
import { engineTable } from './engine-table.ts';
import { withPages } from './pages.ts';
import { transcriptDocument } from './transcript.ts';

type Recogniser = Pick<Ocr, 'recognise'>;
type Readable = Pick<ContentHandle, 'name' | 'size' | 'read'>;

/** Pictures that are looked at side by side. */
const SIDE_BY_SIDE = 4;

async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let i = 0; i < items.length; i += SIDE_BY_SIDE) {
    results.push(...(await Promise.all(items.slice(i, i + SIDE_BY_SIDE).map(work))));
  }
  return results;
}

/** A document with the text of its scanned pages, read picture by picture. */
export async function readPages(
  document: Extracted,
  content: Parsable,
  { parsers, ocr }: { parsers: Pick<Parsers, 'picture'>; ocr: Recogniser },
): Promise<Extracted> {
  const pages = await inTurns(document.scans ?? [], async ({ page }) => {
    const bytes = await parsers.picture(content, page);
    return { ...(await ocr.recognise({ name: `${content.name}, page ${page}`, bytes })), page };
  });
  return finished(withPages(document, pages));
}

/** An image file as a document: each of its pictures is a page, in dots. `recognised`: what stands on them; `described`: with what is seen. */
export async function imageDocument(
  content: Readable,
  format: string,
  recognised: (pages: number) => Promise<RecognisedPage[]>,
  described: (document: Extracted) => Promise<Extracted> = async (document) => document,
): Promise<Extracted> {
  const sizes = await picturesOf(content, format);
  const scans = sizes.map((size, i) => ({ page: i + 1, ...size }));
  const empty: Extracted = { format, metadata: {}, elements: [], pages: sizes.length, scans, warnings: [] };
  const document = await described(finished(withPages(empty, await recognised(sizes.length))));
  checkText(document, content.name, 'a photo or another picture', DEFAULT_PARSE_LIMITS);
  return document;
}

/** The pictures of an image file, one by one. */
export async function readPictures({ name, size, read }: Readable, pages: number, ocr: Recogniser): Promise<RecognisedPage[]> {
  const bytes = await read(0, size);
  return inTurns(
    Array.from({ length: pages }, (_, i) => i + 1),
    (page) => ocr.recognise({ name, bytes, ...(pages > 1 && { page }) }),
  );
}

/** What reads files: parsers, and where there are some a table engine and recognisers of pictures and of speech. */
export type Readers = {
  parsers: Parsers;
  tables?: TableEngine | undefined;
  ocr?: Recogniser | undefined;
  transcribe?: ((content: Pick<ContentHandle, 'name' | 'withFile'>) => Promise<Transcript>) | undefined;
};

/** `bytes` of what lies in no file. */
type Whole = Readable & (Pick<ContentHandle, 'withFile'> | { bytes: Uint8Array }) & { transcript?: Parsable | undefined };

/** What was sent along with a letter is no part of what was written: its members say what it is. */
const LETTERS: ReadonlySet<string> = new Set(['eml', 'msg']);

/** A whole file as a document, with what a recogniser reads in pictures where there is one, and with the files that it carries. */
export async function wholeDocument(content: Whole, readers: Readers, depth = 0): Promise<Extracted> {
  const document = await withoutMembers(content, readers);
  if (document.members === undefined || depth >= MAX_DEPTH || LETTERS.has(document.format)) return document;
  return opened(document, content, readers, depth);
}

/** Up to what a parser takes, all rows of a table; of a larger one the first. */
const TABLES = { wholeTableMb: DEFAULT_PARSE_LIMITS.maxTextLength / 1e6, largeTableRows: 5_000 };

async function withoutMembers(content: Whole, readers: Readers): Promise<Extracted> {
  const { parsers, ocr } = readers;
  const { format } = await sniff(content);
  if (formatOf(format).modality === 'media') return spoken(content, format, readers);
  const table = 'withFile' in content ? await engineTable(content, format, TABLES, readers.tables) : undefined;
  if (table) return table;
  if (!ocr) return parsers.parse(content);
  if (formatOf(format).modality === 'image') return imageDocument(content, format, (pages) => readPictures(content, pages, ocr));
  if (format !== 'pdf') return parsers.parse(content);
  const document = await readPages(await parsers.parse(content, { mayBeEmpty: true }), content, { parsers, ocr });
  checkText(document, content.name, 'a PDF document', DEFAULT_PARSE_LIMITS);
  return document;
}

/** A path as the list of paths has it: its letters may be there to steer a terminal. */
const shownPath = (path: string): string => cleanCharacters(path, { zeroWidth: 0, bidi: 0, controls: 0 }).replace(/\s+/g, ' ');

/**
 * A document with the documents in it behind its own text, each under its path; one that cannot be read is named with its
 * code. A list of paths is all that an archive has to say, and is said by the headings.
 */
async function opened(document: Extracted, content: Whole, readers: Readers, depth: number): Promise<Extracted> {
  const { members = [] } = document;
  const paths = new Set(members.map(({ path }) => shownPath(path)));
  const isListing = document.elements.every((element) => element.kind === 'list-item' && paths.has(element.text));
  const elements: Element[] = isListing ? [] : [...document.elements];
  const warnings = document.warnings.filter(({ code }) => code !== 'attachment-skipped');
  for (const { path } of members) {
    elements.push({ kind: 'heading', level: 1, text: shownPath(path) });
    try {
      const bytes = (await readers.parsers.member(content, path)) ?? new Uint8Array();
      const name = path.slice(path.lastIndexOf('/') + 1);
      const read: ContentHandle['read'] = async (start, end) => bytes.subarray(start, end);
      const member = await wholeDocument({ name, size: bytes.length, bytes, read }, readers, depth + 1);
      for (const element of member.elements) elements.push(element);
    } catch (error) {
      if (!(error instanceof SluiceError)) throw error;
      warnings.push({ code: error.code, message: `${path} cannot be read` });
    }
  }
  return { ...document, elements, warnings };
}

/** A recording by the transcript that is given with it, or else by who writes it down. */
async function spoken(content: Whole, format: string, { parsers, transcribe }: Readers): Promise<Extracted> {
  if (content.transcript) return { ...(await parsers.parse(content.transcript)), format };
  if (!transcribe || !('withFile' in content)) return parsers.parse(content);
  const document = finished(transcriptDocument(format, await transcribe(content)));
  checkText(document, content.name, 'a recording', DEFAULT_PARSE_LIMITS);
  return document;
}
