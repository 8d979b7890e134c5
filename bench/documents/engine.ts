import { readFileSync } from 'node:fs';
import { PDFiumModule } from '@hyzyla/pdfium';
import { DEFAULT_PARSE_LIMITS } from '../../core/formats/index.ts';
import { parsePdf } from '../../core/formats/pdf/parse.ts';

/** Reads one PDF with one engine in this process, and tells how long that took: `node engine.ts raw|sluice|pdfjs <file>`. */

type Read = { pages: number; characters: number };

/** PDFium itself: each page is loaded and its whole text taken, as one string without any structure. */
async function raw(bytes: Uint8Array): Promise<Read> {
  const module = await PDFiumModule({});
  const exported: object = module.wasmExports;
  const call = (name: string, ...values: number[]): number => Reflect.apply(Reflect.get(exported, name), undefined, values);
  // Growing the memory voids the views of it.
  const heap = (): Uint8Array => module.HEAPU8;
  call('FPDF_InitLibrary');
  const data = call('malloc', bytes.length);
  heap().set(bytes, data);
  const document = call('FPDF_LoadMemDocument', data, bytes.length, 0);
  const pages = call('FPDF_GetPageCount', document);
  let characters = 0;
  for (let index = 0; index < pages; index++) {
    const page = call('FPDF_LoadPage', document, index);
    const text = call('FPDFText_LoadPage', page);
    const count = call('FPDFText_CountChars', text);
    const buffer = call('malloc', count * 2 + 2);
    call('FPDFText_GetText', text, 0, count, buffer);
    characters += new TextDecoder('utf-16le').decode(heap().slice(buffer, buffer + count * 2)).length;
    call('free', buffer);
    call('FPDFText_ClosePage', text);
    call('FPDF_ClosePage', page);
  }
  return { pages, characters };
}

/** The project's PDF path: headings, paragraphs, lists, tables with header rows, running titles, hidden text. */
async function sluice(bytes: Uint8Array): Promise<Read> {
  const { elements, pages = 0 } = await parsePdf(bytes, { name: 'made.pdf', limits: DEFAULT_PARSE_LIMITS });
  const characters = elements.reduce(
    (sum, element) => sum + (element.kind === 'table' ? element.rows.flat().join('').length : element.text.length),
    0,
  );
  return { pages, characters };
}

/** pdf.js: the text items of each page, without structure. */
async function pdfjs(bytes: Uint8Array): Promise<Read> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  let characters = 0;
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    for (const item of items) if ('str' in item) characters += item.str.length;
    page.cleanup();
  }
  return { pages: document.numPages, characters };
}

const ENGINES = { raw, sluice, pdfjs };
const [, , name, file] = process.argv;
const engine = name === 'raw' || name === 'sluice' || name === 'pdfjs' ? ENGINES[name] : undefined;
if (!engine || file === undefined) throw new Error('engine.ts raw|sluice|pdfjs <file>');
const bytes = readFileSync(file);
const [started, before] = [performance.now(), process.cpuUsage()];
const read = await engine(bytes);
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ ...read, seconds: (performance.now() - started) / 1_000, cpu: (user + system) / 1e6 }));
