import { SluiceError } from '#core/errors.ts';
import type { DocumentMetadata } from '#schemas/records/extracted.ts';
import { type Attachment, attachmentsOf } from './attachments.ts';
import { type OutlineEntry, outlineOf } from './outline.ts';
import { loadPdfium, type Pdfium, releasePdfium } from './pdfium.ts';

/** An open PDF file inside PDFium. */
export type PdfDocument = {
  readonly pdfium: Pdfium;
  readonly handle: number;
  readonly pages: number;
  /** False if the file's index of objects was damaged and PDFium rebuilt it. */
  readonly intact: boolean;
  readonly metadata: DocumentMetadata;
  readonly attachments: readonly Attachment[];
  /** What viewers show beside the pages. */
  readonly outline: readonly OutlineEntry[];
  /** Scripts that the document itself lists. */
  readonly scripts: number;
  close(): void;
  /** Instead of `close`, after a crash inside PDFium: its memory can no longer be trusted. */
  abandon(): void;
};

const PASSWORD_ERROR = 4;
const SECURITY_ERROR = 5;

/** Throws `encrypted`, `truncated`, `corrupt` or `too-large`. */
export async function openPdf(bytes: Uint8Array, name: string): Promise<PdfDocument> {
  const pdfium = await loadPdfium();
  const { call } = pdfium;
  try {
    const data = call.malloc(bytes.length);
    if (data === 0) throw new SluiceError('too-large', `reading ${name}: ${bytes.length} bytes do not fit into memory`);
    pdfium.heap().set(bytes, data);
    const handle = call.FPDF_LoadMemDocument(data, bytes.length, 0);
    const pages = handle === 0 ? 0 : call.FPDF_GetPageCount(handle);
    const close = (): void => {
      if (handle !== 0) call.FPDF_CloseDocument(handle);
      call.free(data);
      releasePdfium(pdfium);
    };
    if (handle === 0 || pages <= 0) {
      const error = handle === 0 ? call.FPDF_GetLastError() : 0;
      close();
      throw unreadable(bytes, name, error);
    }
    const intact = call.FPDF_DocumentHasValidCrossReferenceTable(handle) !== 0;
    return {
      pdfium,
      handle,
      pages,
      intact,
      metadata: readMetadata(pdfium, handle),
      attachments: attachmentsOf(pdfium, handle),
      outline: outlineOf(pdfium, handle),
      scripts: Math.max(0, call.FPDFDoc_GetJavaScriptActionCount(handle)),
      close,
      abandon: () => releasePdfium(undefined),
    };
  } catch (error) {
    if (error instanceof SluiceError) throw error;
    releasePdfium(undefined);
    throw new SluiceError('corrupt', `reading ${name}: its PDF structure cannot be read`, { cause: error });
  }
}

function unreadable(bytes: Uint8Array, name: string, error: number): SluiceError {
  if (error === PASSWORD_ERROR) return new SluiceError('encrypted', `reading ${name}: encrypted with a password`);
  if (error === SECURITY_ERROR) return new SluiceError('encrypted', `reading ${name}: encrypted in a way that cannot be read`);
  const tail = new TextDecoder('latin1').decode(bytes.subarray(-1024));
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 65_536));
  if (/\d obj\b/.test(head) && !tail.includes('%%EOF') && !tail.includes('startxref'))
    return new SluiceError('truncated', `reading ${name}: the PDF file ends early, no page can be read`);
  return new SluiceError('corrupt', `reading ${name}: no page of the PDF file can be read`);
}

/** What programs write for want of anything to say. */
const PLACEHOLDER = /^\(?(?:anonymous|unspecified|untitled|unknown)\)?$/i;

/** What the document's information dictionary says of it. */
function readMetadata({ call, text16, cString }: Pdfium, handle: number): DocumentMetadata {
  const value = (key: string): string =>
    cString(key, (tag) => text16((buffer, size) => call.FPDF_GetMetaText(handle, tag, buffer, size)))
      .replace(/\0/g, '')
      .trim();
  const entries: [string, string | undefined][] = [
    ['title', value('Title').replace(/^Microsoft (?:Word|PowerPoint|Excel) - /, '')],
    ['author', value('Author')],
    ['subject', value('Subject')],
    ['created', isoDate(value('CreationDate'))],
    ['modified', isoDate(value('ModDate'))],
  ];
  const keywords = value('Keywords')
    .split(/[,;]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const known = Object.fromEntries(entries.filter(([, text]) => text !== undefined && text !== '' && !PLACEHOLDER.test(text)));
  return keywords.length === 0 ? known : { ...known, keywords };
}

const PDF_DATE = /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?)?/;

/** `D:20240131120000+01'00'` as ISO 8601; as precise as it is written. */
function isoDate(text: string): string | undefined {
  const match = PDF_DATE.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, , sign, offsetHours, offsetMinutes] = match;
  const date = [year, month, day].filter((part) => part !== undefined).join('-');
  if (Number.isNaN(Date.parse(date))) return undefined;
  if (day === undefined || hour === undefined || minute === undefined) return date;
  const zone = sign === undefined ? 'Z' : `${sign}${offsetHours}:${offsetMinutes ?? '00'}`;
  const full = `${date}T${hour}:${minute}:${second ?? '00'}${zone}`;
  return Number.isNaN(Date.parse(full)) ? date : full;
}
