import PDFDocument from 'pdfkit';
import { DEFAULT_PARSE_LIMITS, type ParseLimits } from '#core/formats/index.ts';
import { parsePdf } from '#core/formats/pdf/parse.ts';
import type { Element, Extracted } from '#schemas/records/extracted.ts';

export type Draw = (page: PDFKit.PDFDocument) => void;

/** A PDF file of US letter pages without margins, drawn by hand; the first page is there. */
export async function makePdf(draw: Draw, options: PDFKit.PDFDocumentOptions = {}): Promise<Uint8Array> {
  const document = new PDFDocument({ size: 'LETTER', margin: 0, ...options });
  const parts: Uint8Array[] = [];
  const done = new Promise<void>((resolve, reject) => {
    document.on('data', (part: Uint8Array) => parts.push(part));
    document.on('end', resolve);
    document.on('error', reject);
  });
  draw(document);
  document.end();
  await done;
  return new Uint8Array(Buffer.concat(parts));
}

/** Lines of text from a point downwards; answers where the next one would stand. */
export function lines(
  page: PDFKit.PDFDocument,
  texts: readonly string[],
  x: number,
  y: number,
  { size = 10, font = 'Helvetica', leading = 1.2 } = {},
): number {
  page.font(font).fontSize(size);
  for (const [index, text] of texts.entries()) page.text(text, x, y + index * size * leading, { lineBreak: false });
  return y + texts.length * size * leading;
}

export const extract = async (bytes: Uint8Array, limits: Partial<ParseLimits> = {}): Promise<Extracted> =>
  parsePdf(bytes, { name: 'made.pdf', limits: { ...DEFAULT_PARSE_LIMITS, ...limits } });

/** The elements of a file drawn by `draw`. */
export const drawn = async (draw: Draw): Promise<Element[]> => (await extract(await makePdf(draw))).elements;

export const textsOf = (elements: readonly Element[], kind: Element['kind']): string[] =>
  elements.flatMap((element) => (element.kind === kind && element.kind !== 'table' ? [element.text] : []));

const WORDS = 'the pump stands beside a wide river and moves clear water up to an old tower where many people live in peace'.split(' ');

/** Prose without end: `count` lines of about `width` characters, each different. */
export function prose(count: number, width: number, from = 0): string[] {
  let at = from;
  return Array.from({ length: count }, () => {
    let line = '';
    while (line.length < width - 5) {
      line += `${line === '' ? '' : ' '}${WORDS[at % WORDS.length] ?? ''}`;
      at += 1;
    }
    return line;
  });
}

/** A PDF file of objects as they are written, numbered from 1; the first is the catalogue. */
export function writtenPdf(objects: readonly string[]): Uint8Array {
  const body = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join('');
  return new TextEncoder().encode(`%PDF-1.4\n${body}trailer<</Root 1 0 R>>\n%%EOF`);
}

/** A page whose content stream is `content`, with a font /F whose capital letters from A mean `letters`. */
export function spelledPdf(content: string, letters = ''): Uint8Array {
  const codes = [...letters].map((letter, index) => {
    const units = Array.from({ length: letter.length }, (_, unit) => letter.charCodeAt(unit).toString(16).padStart(4, '0')).join('');
    return `<${(0x41 + index).toString(16)}> <${units}>`;
  });
  const map = `1 begincodespacerange <00> <ff> endcodespacerange ${codes.length} beginbfchar ${codes.join(' ')} endbfchar`;
  return writtenPdf([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>',
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    `<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding${letters === '' ? '' : '/ToUnicode 6 0 R'}>>`,
    `<</Length ${map.length}>>stream\n${map}\nendstream`,
  ]);
}
